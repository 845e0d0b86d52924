package dev.cooper.explore.difference;

import dev.cooper.explore.Change;
import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.LayerInstruction;
import dev.cooper.explore.difference.ImageDifference.FileDifference;
import dev.cooper.explore.difference.ImageDifference.SettingDifference;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.Whiteouts;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an image differs from what came out when it was built again: its config, and layer by layer
 * its files. A layer's files are compared as they are once it lies on those below it, so that it
 * does not matter how a builder writes its archives.
 *
 * @param config what the config says differently, history included but for the digests in it that
 *     stand for what was copied: each builder has its own, and the layers tell more
 * @param layers the layers that are not the same, bottom first
 */
public record RebuildDifference(List<SettingDifference> config, List<LayerDifference> layers) {
  public RebuildDifference {
    config = List.copyOf(config);
    layers = List.copyOf(layers);
  }

  /**
   * Two layers that stand at the same place; or all layers from there on, where the images have
   * different numbers of them.
   *
   * @param number of the layer, from 1
   * @param instruction what made it in the image; empty for several, and where it is not known
   * @param before the digest of the image's uncompressed layer; empty for several
   * @param after the same of what came out
   * @param files by path; empty if only the archives are written differently: other order, headers
   *     or times that are not compared
   */
  public record LayerDifference(
      int number,
      String instruction,
      Optional<Digest> before,
      Optional<Digest> after,
      List<FileDifference> files) {
    public LayerDifference {
      files = List.copyOf(files);
    }
  }

  public boolean isEmpty() {
    return config.isEmpty() && layers.isEmpty();
  }

  /**
   * Compares {@code after}, which was built again, with {@code before}.
   *
   * @param times whether times count. If not, layers of the same files are the same
   */
  public static RebuildDifference between(ExploredImage before, ExploredImage after, boolean times)
      throws IOException {
    return new RebuildDifference(
        config(before.image().config(), after.image().config(), times),
        new Comparison(before, after, times).layers());
  }

  private static List<SettingDifference> config(
      ImageConfig before, ImageConfig after, boolean times) {
    List<SettingDifference> differences = new ArrayList<>(Settings.compare(before, after));
    differences.addAll(Settings.compare(making(before, times), making(after, times)));
    return differences;
  }

  /** How the image was made, as names and values. */
  private static Map<String, String> making(ImageConfig image, boolean times) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("Author", String.valueOf(image.author()));
    facts.put("Layers", Integer.toString(image.rootfs().diffIds().size()));
    facts.put("Variant", String.valueOf(image.variant()));
    if (times) {
      facts.put("Created", String.valueOf(image.created()));
    }
    int number = 1;
    for (History step : image.history()) {
      String name = "History " + number++;
      facts.put(
          name,
          LayerInstruction.withoutDigest(step.createdBy() == null ? "" : step.createdBy())
              + (step.isEmptyLayer() ? "" : " (a layer)")
              + (step.comment() == null ? "" : " (" + step.comment() + ")")
              + (step.author() == null ? "" : " by " + step.author()));
      if (times) {
        facts.put(name + " created", String.valueOf(step.created()));
      }
    }
    return facts;
  }

  private static final class Comparison {
    private final ExploredImage before;
    private final ExploredImage after;
    private final boolean times;

    Comparison(ExploredImage before, ExploredImage after, boolean times) {
      this.before = before;
      this.after = after;
      this.times = times;
    }

    List<LayerDifference> layers() throws IOException {
      Image old = before.image();
      Image now = after.image();
      List<LayerInstruction> instructions = LayerInstruction.of(old);
      int common = Math.min(old.diffIds().size(), now.diffIds().size());
      boolean even = old.diffIds().size() == now.diffIds().size();
      List<LayerDifference> differences = new ArrayList<>();
      for (int layer = 0; layer < common; layer++) {
        Digest a = old.diffIds().get(layer);
        Digest b = now.diffIds().get(layer);
        if (!a.equals(b)) {
          if (!even) {
            return rest(layer);
          }
          List<FileDifference> files = files(layer, layer + 1, layer + 1);
          if (times || !files.isEmpty()) {
            differences.add(
                new LayerDifference(
                    layer + 1,
                    instructions.get(layer).text(),
                    Optional.of(a),
                    Optional.of(b),
                    files));
          }
        }
      }
      return even ? differences : rest(common);
    }

    private List<LayerDifference> rest(int layer) throws IOException {
      List<FileDifference> files = files(layer, before.indexes().size(), after.indexes().size());
      return times || !files.isEmpty()
          ? List.of(new LayerDifference(layer + 1, "", Optional.empty(), Optional.empty(), files))
          : List.of();
    }

    /** What differs at the paths that the layers from {@code first} up to the ends touch. */
    private List<FileDifference> files(int first, int oldEnd, int nowEnd) throws IOException {
      TreeSet<String> paths = new TreeSet<>(PathBytes::compare);
      touched(before, first, oldEnd, paths);
      touched(after, first, nowEnd, paths);
      FileTree old = before.tree(oldEnd);
      FileTree now = after.tree(nowEnd);
      FileComparison comparison = times ? FileComparison.WITH_TIMES : FileComparison.WITHOUT_TIMES;
      List<FileDifference> differences = new ArrayList<>();
      for (String path : paths) {
        FileNode was = old.lookup(path);
        FileNode is = now.lookup(path);
        if (was == null && is != null) {
          differences.add(new FileDifference(ChangeKind.ADDED, path, is.entry(), ""));
        } else if (was != null && is == null) {
          differences.add(new FileDifference(ChangeKind.REMOVED, path, was.entry(), ""));
        } else if (was != null && is != null) {
          String what = comparison.what(before, was, after, is);
          if (!what.isEmpty()) {
            differences.add(new FileDifference(ChangeKind.CHANGED, path, is.entry(), what));
          }
        }
      }
      return differences;
    }

    private static void touched(ExploredImage image, int first, int end, TreeSet<String> paths) {
      for (int layer = first; layer < end; layer++) {
        for (LayerIndex.Entry entry : image.indexes().get(layer).entries()) {
          if (!Whiteouts.isMark(entry.entry().name())) {
            paths.add(entry.entry().path());
          }
        }
        // What the layer removes, marks of whole directories resolved.
        for (Change change : image.layers().layers().get(layer).changes()) {
          paths.add(change.path());
        }
      }
    }
  }
}
