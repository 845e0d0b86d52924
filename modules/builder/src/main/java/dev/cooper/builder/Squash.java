package dev.cooper.builder;

import dev.cooper.builder.output.MergedLayer;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.tree.ImageTree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code --squash}: one layer in the place of all that the build added to its base. */
final class Squash {
  private final Build build;

  Squash(Build build) {
    this.build = build;
  }

  /**
   * The image with its new layers in one. History keeps every step, and gets one more that tells of
   * it, as Docker's does.
   *
   * @param base what the target stage was built on
   */
  StageState of(StageState base, StageState end) throws IOException {
    int kept = base.layers().size();
    if (end.layers().size() - kept < 1) {
      return end;
    }
    Digest key = end.keyAfter("squash onto " + base.diffIds());
    // A step that was done again may have made other files under the same key.
    StepCache.Outcome record =
        build.request().useCache() ? build.cache().find(key).orElse(null) : null;
    if (record == null) {
      record = merge(base, end, kept);
      build.cache().put(key, record);
    }
    List<dev.cooper.image.Descriptor> layers = new ArrayList<>(base.layers());
    List<Digest> diffIds = new ArrayList<>(base.diffIds());
    StageState.Added layer = record.layer();
    if (layer != null) {
      layers.add(layer.blob());
      diffIds.add(layer.diffId());
    }
    ImageConfig config =
        end.config()
            .withCreated(record.created())
            .withRootfs(RootFs.of(diffIds))
            .withHistory(history(base, end, record));
    return new StageState(config, layers, key);
  }

  private StepCache.Outcome merge(StageState base, StageState end, int kept) throws IOException {
    Instant created = build.now();
    try (ImageTree below = build.tree(base);
        ImageTree image = build.tree(end)) {
      Layer layer = MergedLayer.write(image, below.tree(), kept, build.store().blobs());
      return new StepCache.Outcome(created, build.keep(layer));
    }
  }

  private static List<History> history(StageState base, StageState end, StepCache.Outcome record) {
    List<History> steps = new ArrayList<>();
    int old = base.config().history().size();
    for (History step : end.config().history()) {
      boolean isNew = steps.size() >= old;
      steps.add(
          new History(
              step.created(),
              step.createdBy(),
              step.author(),
              step.comment(),
              isNew || step.isEmptyLayer()));
    }
    String comment =
        base.layers().isEmpty()
            ? "create new from " + end.imageId()
            : "merge " + end.imageId() + " to " + base.imageId();
    steps.add(new History(record.created(), null, null, comment, record.layer() == null));
    return steps;
  }
}
