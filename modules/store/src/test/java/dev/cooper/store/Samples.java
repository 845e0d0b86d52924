package dev.cooper.store;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.RootFs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Images made in tests, by another tar writer than the project's own. */
final class Samples {
  static final Instant TIME = Instant.parse("2024-05-06T07:08:09Z");

  private Samples() {}

  /** A tar, entry by entry. */
  static final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");

    Tar() {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      out.setAddPaxHeadersForNonAsciiNames(true);
    }

    Tar file(String path, String content) throws IOException {
      return file(path, content, 0644, 0, 0);
    }

    Tar file(String path, String content, int mode, long uid, long gid) throws IOException {
      byte[] data = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
      entry.setSize(data.length);
      return add(entry, mode, uid, gid, data);
    }

    Tar directory(String path, int mode, long uid, long gid) throws IOException {
      return add(new TarArchiveEntry(path + "/", TarConstants.LF_DIR), mode, uid, gid, new byte[0]);
    }

    Tar directory(String path) throws IOException {
      return directory(path, 0755, 0, 0);
    }

    Tar symlink(String path, String target) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
      entry.setLinkName(target);
      return add(entry, 0777, 0, 0, new byte[0]);
    }

    Tar hardLink(String path, String target) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
      entry.setLinkName(target);
      return add(entry, 0644, 0, 0, new byte[0]);
    }

    Tar device(String path, int major, int minor) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_CHR);
      entry.setDevMajor(major);
      entry.setDevMinor(minor);
      return add(entry, 0620, 0, 5, new byte[0]);
    }

    Tar fifo(String path) throws IOException {
      return add(new TarArchiveEntry(path, TarConstants.LF_FIFO), 0600, 1, 2, new byte[0]);
    }

    Tar attribute(String path, String name, String value) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
      entry.addPaxHeader("SCHILY.xattr." + name, value);
      return add(entry, 0644, 0, 0, new byte[0]);
    }

    Tar add(TarArchiveEntry entry, int mode, long uid, long gid, byte[] data) throws IOException {
      entry.setMode(mode);
      entry.setUserId(uid);
      entry.setGroupId(gid);
      entry.setLastModifiedTime(java.nio.file.attribute.FileTime.from(TIME));
      out.putArchiveEntry(entry);
      out.write(data);
      out.closeArchiveEntry();
      return this;
    }

    byte[] toBytes() throws IOException {
      out.close();
      return bytes.toByteArray();
    }
  }

  static Tar tar() {
    return new Tar();
  }

  /** An image of these layers; the label tells images of the same layers apart. */
  static Descriptor image(Store store, String label, List<byte[]> layers) throws IOException {
    List<Descriptor> blobs = new ArrayList<>();
    List<Digest> diffIds = new ArrayList<>();
    for (byte[] layer : layers) {
      Digest digest = store.blobs().put(layer);
      blobs.add(Descriptor.of(MediaTypes.OCI_LAYER, digest, layer.length));
      diffIds.add(digest);
    }
    byte[] config =
        ImageConfig.scratch(Platform.host())
            .withCreated(TIME)
            .withAuthor(label)
            .withRootfs(RootFs.of(diffIds))
            .toJson();
    Digest configDigest = store.blobs().put(config);
    byte[] manifest =
        Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, configDigest, config.length), blobs)
            .toJson();
    return Descriptor.of(MediaTypes.OCI_MANIFEST, store.blobs().put(manifest), manifest.length);
  }

  /** A small image with a name. */
  static StoredImage tagged(Store store, String name) throws IOException {
    try (Lease lease = store.lease()) {
      Descriptor target =
          image(store, name, List.of(tar().directory("etc").file("etc/name", name).toBytes()));
      return store.images().tag(Reference.parse(name), target);
    }
  }
}
