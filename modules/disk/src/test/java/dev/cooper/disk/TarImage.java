package dev.cooper.disk;

import dev.cooper.image.BlobSource;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.tree.ImageTree;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An image whose layers are plain tars lying in files. */
public record TarImage(ImageTree opened) implements Closeable {
  /** Layers bottom first; their digests stand for their paths, which is all that a test needs. */
  public static TarImage of(ContainerConfig config, Path... tars) throws IOException {
    return of("linux/amd64", config, tars);
  }

  /** An image for a machine of some kind. */
  public static TarImage of(String platform, ContainerConfig config, Path... tars)
      throws IOException {
    Map<Digest, Path> blobs = new HashMap<>();
    List<Descriptor> layers = new ArrayList<>();
    List<Digest> digests = new ArrayList<>();
    for (Path tar : tars) {
      Digest digest = Digest.sha256(tar.toString().getBytes());
      blobs.put(digest, tar);
      digests.add(digest);
      layers.add(Descriptor.of(MediaTypes.OCI_LAYER, digest, Files.size(tar)));
    }
    ImageConfig full =
        ImageConfig.scratch(Platform.parse(platform))
            .withConfig(config)
            .withRootfs(RootFs.of(digests));
    Digest id = Digest.sha256(full.toJson());
    Manifest manifest =
        Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, id, full.toJson().length), layers);
    Image image = new Image(Digest.sha256(manifest.toJson()), manifest, id, full);
    return new TarImage(ImageTree.open(new Folder(blobs), image, LayerIndexCache.NONE));
  }

  public DiskTree tree() {
    return DiskTree.of(opened.tree(), opened.content());
  }

  /** Writes a disk of it. */
  public void write(DiskOptions options, Path file) throws IOException {
    DiskImage.write(
        opened.tree(), opened.content(), opened.image().config(), options, file, Progress.NONE);
  }

  public Digest id() {
    return opened.image().configDigest();
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }

  private record Folder(Map<Digest, Path> blobs) implements BlobSource {
    @Override
    public boolean contains(Digest digest) {
      return blobs.containsKey(digest);
    }

    @Override
    public long size(Digest digest) throws IOException {
      return Files.size(blobs.get(digest));
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
      return Files.newInputStream(blobs.get(digest));
    }

    @Override
    public SeekableByteChannel channel(Digest digest) throws IOException {
      return Files.newByteChannel(blobs.get(digest));
    }
  }
}
