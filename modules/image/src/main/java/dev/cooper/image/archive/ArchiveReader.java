package dev.cooper.image.archive;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads images out of one tar, packed or not: an OCI image layout, or a Docker archive of any age
 * since version 1.10. The tar is read once, from its first byte to its last; its parts go to the
 * sink as they come.
 */
public final class ArchiveReader {
  private static final int LINK_DEPTH = 8;

  private final BlobSource blobs;
  private final BlobSink sink;
  private final LayerIndexCache indexes;

  private final Map<String, byte[]> documents = new HashMap<>();
  private final Map<String, Descriptor> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private ArchiveReader(BlobSource blobs, BlobSink sink, LayerIndexCache indexes) {
    this.blobs = blobs;
    this.sink = sink;
    this.indexes = indexes;
  }

  /**
   * Reads the archive into {@code sink}; the stream stays open.
   *
   * @param blobs reads what {@code sink} was given
   * @param indexes gets the layers' tables of contents where reading yields them
   * @return the images in the order of the archive; all they lead to is in the sink, verified
   * @throws CooperException.Corrupt when the archive, a document or a layer is damaged or missing
   * @throws CooperException.InvalidInput when it is a tar, but not of images
   */
  public static List<ArchivedImage> read(
      InputStream archive, BlobSource blobs, BlobSink sink, LayerIndexCache indexes)
      throws IOException {
    ArchiveReader reader = new ArchiveReader(blobs, sink, indexes);
    InputStream plain = Compression.decompressed(new BufferedInputStream(archive, 1 << 16));
    TarReader tar = new TarReader(plain);
    for (TarEntry entry; (entry = tar.next()) != null; ) {
      reader.take(entry, tar.content());
    }
    return reader.images();
  }

  private void take(TarEntry entry, InputStream content) throws IOException {
    String path = entry.path();
    if (entry.type() == EntryType.SYMLINK) {
      links.put(path, ArchivePaths.resolve(entry.parentPath(), entry.linkTarget()));
    } else if (entry.type() == EntryType.HARD_LINK) {
      links.put(path, entry.linkTarget());
    } else if (entry.isFile()) {
      if (path.indexOf('/') < 0 && isDocument(path)) {
        if (entry.size() > Image.DOCUMENT_LIMIT) {
          throw new CooperException.Corrupt(path + " is larger than " + Image.DOCUMENT_LIMIT);
        }
        documents.put(path, content.readAllBytes());
      } else if (!ArchivePaths.isUnused(path)) {
        files.put(path, keep(path, content));
      }
    }
  }

  private static boolean isDocument(String name) {
    return name.equals("index.json") || name.equals("manifest.json") || name.equals("oci-layout");
  }

  private Descriptor keep(String path, InputStream content) throws IOException {
    Digest expected = ArchivePaths.digest(path);
    try (BlobWriter writer = sink.begin()) {
      long size = content.transferTo(writer.stream());
      Digest digest = expected == null ? writer.commit() : writer.commit(expected);
      return Descriptor.of("", digest, size);
    } catch (CooperException.Corrupt e) {
      throw new CooperException.Corrupt(path + ": " + e.getMessage(), null, e);
    }
  }

  private List<ArchivedImage> images() throws IOException {
    byte[] index = documents.get("index.json");
    byte[] manifest = documents.get("manifest.json");
    if (index != null) {
      return new LayoutForm(blobs, indexes).images(index, manifest);
    }
    if (manifest != null) {
      return new DockerForm(blobs, sink, indexes, this::file).images(manifest);
    }
    throw new CooperException.InvalidInput(
        "not an archive of images: it has neither manifest.json nor index.json",
        "a tar of a file system becomes an image with: cooper import");
  }

  /** What a path in the archive leads to; null when it leads nowhere. */
  private @Nullable Descriptor file(String path) {
    String at = path;
    for (int depth = 0; depth < LINK_DEPTH; depth++) {
      Descriptor file = files.get(at);
      if (file != null) {
        return file;
      }
      String next = links.get(at);
      if (next == null) {
        return null;
      }
      at = next;
    }
    return null;
  }
}
