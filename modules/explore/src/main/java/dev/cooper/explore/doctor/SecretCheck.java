package dev.cooper.explore.doctor;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.explore.fact.LayerFacts;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys and passwords, above all those that a later layer removed: they are still in the image. */
final class SecretCheck {
  private static final Pattern EXAMPLE =
      Pattern.compile("/(tests?|testdata|test-?fixtures|fixtures|examples?|samples?|doc|docs)/");

  /** Where contents are stored. */
  private record Place(int layer, long offset) {}

  private final ExploredImage image;
  private final ImageFiles files;
  private final FactsCache cache;
  private final Doctor.Findings findings;
  private @Nullable Map<Place, FileNode> linked;

  SecretCheck(ExploredImage image, ImageFiles files, FactsCache cache, Doctor.Findings findings) {
    this.image = image;
    this.files = files;
    this.cache = cache;
    this.findings = findings;
  }

  void check() throws IOException {
    List<LayerFacts> facts = image.facts(cache);
    for (int layer = 0; layer < facts.size(); layer++) {
      for (LayerIndex.Entry entry : image.indexes().get(layer).entries()) {
        if (entry.entry().isFile() && entry.entry().size() > 0) {
          for (Fact fact : facts.get(layer).at(entry.offset())) {
            if (fact instanceof Fact.Secret secret) {
              report(layer, entry, secret);
            }
          }
        }
      }
    }
  }

  private void report(int layer, LayerIndex.Entry entry, Fact.Secret secret) {
    FileNode now = visible(layer, entry);
    boolean still = now != null;
    String path = now != null ? now.path() : entry.entry().path();
    findings.add(
        new Finding(
            isExample(path)
                ? Finding.Severity.NOTE
                : still ? Finding.Severity.WARNING : Finding.Severity.ERROR,
            still ? FindingKind.SECRET : FindingKind.SECRET_IN_LOWER_LAYER,
            "/" + path,
            Optional.of(layer),
            "",
            still
                ? "holds what looks like a " + secret.what()
                : "holds what looks like a "
                    + secret.what()
                    + "; a later layer hides it, but whoever has the image has this layer",
            still
                ? "leave it out of the image: mount it, or make it, when the container runs"
                : "change the secret; then build with RUN --mount=type=secret, or in another stage"));
  }

  /** Where the image has it: under the name that it came with or, when that is gone, another. */
  private @Nullable FileNode visible(int layer, LayerIndex.Entry entry) {
    FileNode same = files.tree().lookup(entry.entry().path());
    if (same != null && isOf(same, layer, entry)) {
      return same;
    }
    // Once for all: a layer may have many keys that are gone.
    if (linked == null) {
      linked = new HashMap<>();
      for (FileNode node : files.tree().walk()) {
        if (node.isFile()) {
          linked.putIfAbsent(new Place(node.contentLayer(), node.contentOffset()), node);
        }
      }
    }
    return linked.get(new Place(layer, entry.offset()));
  }

  private static boolean isOf(FileNode node, int layer, LayerIndex.Entry entry) {
    return node.isFile() && node.contentLayer() == layer && node.contentOffset() == entry.offset();
  }

  /** Libraries bring keys for their tests, which everybody knows. */
  private static boolean isExample(String path) {
    return EXAMPLE.matcher("/" + path).find();
  }
}
