package dev.cooper.image.tree;

import dev.cooper.image.BlobSource;
import dev.cooper.image.Image;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
    try {
      return new ImageTree(image, FileTree.of(indexes(content, image, cache)), content);
    } catch (IOException | RuntimeException e) {
      content.close();
      throw e;
    }
  }

  /** The tables of all layers; those that are not known are read side by side. */
  private static List<LayerIndex> indexes(LayerContent content, Image image, LayerIndexCache cache)
      throws IOException {
    LayerIndex[] indexes = new LayerIndex[image.layers().size()];
    List<Integer> unknown = new ArrayList<>();
    for (int layer = 0; layer < indexes.length; layer++) {
      LayerIndex known = cache.find(image.diffIds().get(layer));
      if (known == null) {
        unknown.add(layer);
      } else {
        indexes[layer] = known;
      }
    }
    int threads = Math.min(unknown.size(), Runtime.getRuntime().availableProcessors());
    if (threads <= 1) {
      for (int layer : unknown) {
        indexes[layer] = content.layer(layer).readIndex();
      }
    } else {
      try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
        List<Future<LayerIndex>> reading = new ArrayList<>();
        for (int layer : unknown) {
          reading.add(workers.submit(content.layer(layer)::readIndex));
        }
        for (int i = 0; i < unknown.size(); i++) {
          indexes[unknown.get(i)] = result(reading.get(i));
        }
      }
    }
    for (int layer : unknown) {
      cache.put(image.diffIds().get(layer), indexes[layer]);
    }
    return List.of(indexes);
  }

  private static LayerIndex result(Future<LayerIndex> reading) throws IOException {
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading layers");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException("reading a layer failed", e);
      }
    }
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
