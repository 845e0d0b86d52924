package dev.cooper.image.tree;

import dev.cooper.image.BlobSource;
import dev.cooper.image.Image;
import dev.cooper.image.layer.LayerBlob;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;

/** The contents of an image's files, straight from its layers' blobs. */
final class LayerContent implements TreeContent, Closeable {
  private final LayerBlob[] layers;

  LayerContent(BlobSource blobs, Image image) {
    layers = new LayerBlob[image.layers().size()];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new LayerBlob(blobs, image.layers().get(i), image.diffIds().get(i));
    }
  }

  LayerBlob layer(int layer) {
    return layers[layer];
  }

  @Override
  public InputStream open(FileNode file) throws IOException {
    requireFile(file);
    return layers[file.contentLayer()].open(file.inode.stored);
  }

  @Override
  public void forEachInStorageOrder(Collection<FileNode> files, Visitor visitor)
      throws IOException {
    FileNode[] ordered = files.toArray(new FileNode[0]);
    for (FileNode file : ordered) {
      requireFile(file);
    }
    Arrays.sort(ordered, LayerContent::compareStorage);
    int at = 0;
    while (at < ordered.length) {
      int layer = ordered[at].contentLayer();
      try (LayerBlob.Scan scan = layers[layer].scan()) {
        FileNode.Inode before = null;
        for (; at < ordered.length && ordered[at].contentLayer() == layer; at++) {
          FileNode file = ordered[at];
          if (file.inode != before) {
            before = file.inode;
            visitor.file(file, scan.next(file.inode.stored));
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (LayerBlob layer : layers) {
      try {
        layer.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void requireFile(FileNode file) {
    if (!file.isFile()) {
      throw new IllegalArgumentException(file.path() + " is not a regular file");
    }
  }

  /** By place, and where empty files share one, by inode, so that names of a file are together. */
  private static int compareStorage(FileNode a, FileNode b) {
    int byLayer = Integer.compare(a.contentLayer(), b.contentLayer());
    if (byLayer != 0) {
      return byLayer;
    }
    int byOffset = Long.compare(a.contentOffset(), b.contentOffset());
    return byOffset != 0 ? byOffset : Integer.compare(a.inodeKey(), b.inodeKey());
  }
}
