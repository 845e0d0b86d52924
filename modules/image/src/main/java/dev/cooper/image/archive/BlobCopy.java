package dev.cooper.image.archive;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import java.io.IOException;
import java.io.InputStream;

/** Takes images from one place to another, byte for byte. */
public final class BlobCopy {
  private BlobCopy() {}

  /**
   * Copies the image for a platform: its manifest, its config and those of its layers that are not
   * there yet. Every blob's digest is checked on the way; one that is wrong is not kept.
   *
   * @return the image
   * @throws dev.cooper.image.CooperException.NotFound if something of it is not in the source
   * @throws dev.cooper.image.CooperException.Corrupt if a blob does not have its digest
   */
  public static <S extends BlobSink & BlobSource> Image image(
      BlobSource from, Descriptor target, Platform platform, S to) throws IOException {
    Image image = Image.read(from, target, platform);
    for (Descriptor layer : image.layers()) {
      copy(from, layer.digest(), to);
    }
    copy(from, image.configDigest(), to);
    copy(from, image.manifestDigest(), to);
    return image;
  }

  private static <S extends BlobSink & BlobSource> void copy(BlobSource from, Digest digest, S to)
      throws IOException {
    if (to.contains(digest)) {
      return;
    }
    try (InputStream in = from.open(digest);
        BlobWriter writer = to.begin()) {
      in.transferTo(writer.stream());
      Digest _ = writer.commit(digest);
    }
  }
}
