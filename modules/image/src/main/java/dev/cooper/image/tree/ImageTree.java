package dev.cooper.image.tree;

import dev.cooper.image.BlobSource;
import dev.cooper.image.Image;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.Closeable;
import java.io.IOException;

/** An image's merged view and its contents, straight from the blobs. */
public final class ImageTree implements Closeable {
  private ImageTree() {}

  /**
   * Reads the layers' tables of contents, from the cache or from the blobs, and merges them.
   *
   * @throws dev.cooper.image.CooperException.NotFound when a layer is not in the source
   * @throws dev.cooper.image.CooperException.Corrupt when a layer is malformed
   */
  public static ImageTree open(BlobSource blobs, Image image, LayerIndexCache cache)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  public Image image() {
    throw new UnsupportedOperationException();
  }

  public FileTree tree() {
    throw new UnsupportedOperationException();
  }

  public TreeContent content() {
    throw new UnsupportedOperationException();
  }

  /** Closes open blobs and removes temporary files; contents cannot be read any more. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
