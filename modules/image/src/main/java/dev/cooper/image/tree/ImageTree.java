package dev.cooper.image.tree;

import dev.cooper.image.BlobSource;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An image's merged view and its contents, straight from the blobs, without unpacking it. */
public final class ImageTree implements Closeable {
  private final Image image;
  private final FileTree tree;
  private final LayerContent content;

  private ImageTree(Image image, FileTree tree, LayerContent content) {
    this.image = image;
    this.tree = tree;
    this.content = content;
  }

  /**
   * Reads the layers' tables of contents, from the cache or from the blobs, and merges them.
   *
   * @throws dev.cooper.image.CooperException.NotFound when a layer is not in the source
   * @throws dev.cooper.image.CooperException.Corrupt when a layer is malformed
   */
  public static ImageTree open(BlobSource blobs, Image image, LayerIndexCache cache)
      throws IOException {
    LayerContent content = new LayerContent(blobs, image);
    List<LayerIndex> indexes = new ArrayList<>();
    for (int layer = 0; layer < image.layers().size(); layer++) {
      Digest diffId = image.diffIds().get(layer);
      LayerIndex index = cache.find(diffId);
      if (index == null) {
        index = content.layer(layer).readIndex();
        cache.put(diffId, index);
      }
      indexes.add(index);
    }
    return new ImageTree(image, FileTree.of(indexes), content);
  }

  public Image image() {
    return image;
  }

  public FileTree tree() {
    return tree;
  }

  /**
   * Where the files' bytes come from. Of a compressed layer the first single file that is opened
   * unpacks the layer into a temporary file; reading in the order of storage does not.
   */
  public TreeContent content() {
    return content;
  }

  /** Closes open blobs and removes temporary files; contents cannot be read any more. */
  @Override
  public void close() throws IOException {
    content.close();
  }
}
