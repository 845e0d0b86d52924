package dev.cooper.explore;

import dev.cooper.explore.fact.FactsCache;
import dev.cooper.explore.fact.FactsCodec;
import dev.cooper.explore.fact.LayerFacts;
import dev.cooper.image.BlobSource;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.layer.LayerBlob;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One image to look into, straight from its blobs. What is asked for first is read first: the
 * layers' tables of contents on opening, files only when something needs their bytes. For one
 * thread.
 */
public final class ExploredImage implements Closeable {
  private static final int BLOCK = 1 << 16;

  private final Image image;
  private final List<LayerBlob> blobs;
  private final List<LayerIndex> indexes;
  private final List<Closeable> others = new ArrayList<>();
  private final Map<Integer, Map<Long, LayerIndex.Entry>> stored = new HashMap<>();
  private @Nullable FileTree tree;
  private @Nullable LayersReport report;
  private @Nullable List<LayerFacts> facts;

  private ExploredImage(Image image, List<LayerBlob> blobs, List<LayerIndex> indexes) {
    this.image = image;
    this.blobs = blobs;
    this.indexes = indexes;
  }

  /**
   * Reads the layers' tables of contents, from the cache or from the blobs.
   *
   * @throws dev.cooper.image.CooperException.NotFound when a layer is not in the source
   * @throws dev.cooper.image.CooperException.Corrupt when a layer is damaged; the message names it
   */
  public static ExploredImage open(BlobSource source, Image image, LayerIndexCache cache)
      throws IOException {
    List<LayerBlob> blobs = new ArrayList<>();
    List<LayerIndex> indexes = new ArrayList<>();
    for (int layer = 0; layer < image.layers().size(); layer++) {
      Digest diffId = image.diffIds().get(layer);
      LayerBlob blob = new LayerBlob(source, image.layers().get(layer), diffId);
      blobs.add(blob);
      LayerIndex index = cache.find(diffId);
      if (index == null) {
        index = blob.readIndex();
        cache.put(diffId, index);
      }
      indexes.add(index);
    }
    return new ExploredImage(image, blobs, indexes);
  }

  public Image image() {
    return image;
  }

  /** The merged view of all layers. */
  public FileTree tree() {
    FileTree known = tree;
    if (known == null) {
      known = FileTree.of(indexes);
      tree = known;
    }
    return known;
  }

  /**
   * What the layers did to one path, lowest first; the merged view is made on the way, if it is not
   * there yet.
   *
   * @param path without a leading slash
   */
  List<Change> history(String path) {
    LayerChanges observer = LayerChanges.of(path);
    tree = FileTree.of(indexes, observer);
    List<Change> history = new ArrayList<>();
    observer.finish(indexes.size()).forEach(history::addAll);
    return history;
  }

  /**
   * The merged view of the lowest layers.
   *
   * @param layers how many, from 0
   */
  public FileTree tree(int layers) {
    return layers == indexes.size() ? tree() : FileTree.of(indexes.subList(0, layers));
  }

  /** What each layer did, and what was wasted. */
  public LayersReport layers() {
    LayersReport known = report;
    if (known == null) {
      known = makeReport();
      report = known;
    }
    return known;
  }

  private LayersReport makeReport() {
    LayerChanges observer = LayerChanges.all();
    tree = FileTree.of(indexes, observer);
    List<List<Change>> changes = observer.finish(indexes.size());
    List<LayerInstruction> instructions = LayerInstruction.of(image);
    WasteCount count = WasteCount.of(changes);
    List<LayerSummary> summaries = new ArrayList<>();
    long size = 0;
    long userSize = 0;
    for (int layer = 0; layer < indexes.size(); layer++) {
      long layerSize = 0;
      for (LayerIndex.Entry entry : indexes.get(layer).entries()) {
        layerSize += entry.entry().size();
      }
      size += layerSize;
      userSize += layer == 0 ? 0 : layerSize;
      summaries.add(
          new LayerSummary(
              layer,
              instructions.get(layer),
              image.layers().get(layer).digest(),
              image.diffIds().get(layer),
              image.layers().get(layer).size(),
              layerSize,
              changes.get(layer)));
    }
    List<Waste> waste = count.waste();
    long wasted = 0;
    long reclaimable = 0;
    for (Waste path : waste) {
      wasted += path.bytes();
      reclaimable += path.reclaimable();
    }
    return new LayersReport(
        summaries, size, userSize, count.efficiency(), wasted, reclaimable, waste);
  }

  /** Whether two files of two images hold the same bytes; those of the same layer are not read. */
  public boolean sameContent(FileNode file, ExploredImage other, FileNode otherFile)
      throws IOException {
    if (file.size() != otherFile.size()) {
      return false;
    }
    if (file.size() == 0) {
      return true;
    }
    boolean samePlace =
        file.contentOffset() == otherFile.contentOffset()
            && image
                .diffIds()
                .get(file.contentLayer())
                .equals(other.image.diffIds().get(otherFile.contentLayer()));
    if (samePlace) {
      return true;
    }
    try (InputStream a = content(file);
        InputStream b = other.content(otherFile)) {
      byte[] left = new byte[BLOCK];
      while (true) {
        int count = a.readNBytes(left, 0, BLOCK);
        byte[] right = b.readNBytes(count);
        if (!Arrays.equals(left, 0, count, right, 0, right.length)) {
          return false;
        }
        if (count < BLOCK) {
          return true;
        }
      }
    }
  }

  /** The beginning of a regular file of any of the trees. */
  public FileView view(FileNode file) throws IOException {
    if (file.size() == 0) {
      return FileView.note(file.path(), "(empty)");
    }
    try (InputStream content = content(file)) {
      return FileView.of(file.entry(), content);
    }
  }

  private InputStream content(FileNode file) throws IOException {
    int layer = file.contentLayer();
    LayerIndex.Entry entry = stored(layer).get(file.contentOffset());
    if (entry == null) {
      throw new IllegalStateException(file.path() + " is in no table of contents");
    }
    return new BufferedInputStream(blobs.get(layer).open(entry), BLOCK);
  }

  /** The files of a layer that have contents, by where these begin. */
  private Map<Long, LayerIndex.Entry> stored(int layer) {
    return stored.computeIfAbsent(
        layer,
        each -> {
          Map<Long, LayerIndex.Entry> entries = new HashMap<>();
          for (LayerIndex.Entry entry : indexes.get(each).entries()) {
            if (entry.entry().size() > 0) {
              entries.putIfAbsent(entry.offset(), entry);
            }
          }
          return entries;
        });
  }

  /** The layers' tables of contents, bottom first. */
  public List<LayerIndex> indexes() {
    return indexes;
  }

  /** What is known of each layer's files, bottom first; what is not known yet is read. */
  public List<LayerFacts> facts(FactsCache cache) throws IOException {
    List<LayerFacts> known = facts;
    if (known == null) {
      known = new ArrayList<>();
      for (int layer = 0; layer < indexes.size(); layer++) {
        known.add(facts(layer, cache));
      }
      facts = known;
    }
    return known;
  }

  private LayerFacts facts(int layer, FactsCache cache) throws IOException {
    Digest diffId = image.diffIds().get(layer);
    byte[] saved = cache.find(diffId);
    LayerFacts read = saved == null ? null : FactsCodec.read(saved);
    if (read == null) {
      read = FactsReading.of(blobs.get(layer), indexes.get(layer));
      cache.put(diffId, FactsCodec.write(read));
    }
    return read;
  }

  /** Closes something else with this, after it: what keeps the blobs where they are. */
  public ExploredImage closing(Closeable other) {
    others.add(other);
    return this;
  }

  /** Closes the blobs that are open; a second call does nothing. */
  @Override
  public void close() throws IOException {
    for (LayerBlob blob : blobs) {
      blob.close();
    }
    for (Closeable other : others) {
      other.close();
    }
    others.clear();
  }
}
