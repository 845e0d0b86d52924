package dev.cooper.explore;

import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Keys and passwords, above all those that a later layer removed: they are still in the image. */
final class SecretCheck {
  private final ExploredImage image;
  private final ImageFiles files;
  private final FactsCache cache;
  private final Doctor.Findings findings;

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
    String path = entry.entry().path();
    FileNode now = files.tree().lookup(path);
    boolean still =
        now != null
            && now.isFile()
            && now.contentLayer() == layer
            && now.contentOffset() == entry.offset();
    findings.add(
        new Finding(
            still ? Finding.Severity.WARNING : Finding.Severity.ERROR,
            still ? "secret" : "secret-in-lower-layer",
            "/" + path,
            Optional.of(layer),
            "",
            still
                ? "holds what looks like a " + secret.what()
                : "holds what looks like a "
                    + secret.what()
                    + "; a later layer hides it, but whoever has the image has this layer",
            still
                ? "give it when the container runs: a mounted file, an environment variable"
                : "change the secret; then build with RUN --mount=type=secret, or in another stage"));
  }
}
