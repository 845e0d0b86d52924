package dev.cooper.builder;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Layer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image between two steps.
 *
 * @param config as it would be were this the last step
 * @param layers the layers' blobs, bottom first
 * @param key stands for all that led here: equal keys, equal images but for their times
 */
record StageState(ImageConfig config, List<Descriptor> layers, Digest key) {
  StageState {
    layers = List.copyOf(layers);
  }

  /** The key of a state that follows this one. */
  Digest keyAfter(String step) {
    return Digest.sha256((key + "\n" + step).getBytes(StandardCharsets.UTF_8));
  }

  /** The digests of the uncompressed layers. */
  List<Digest> diffIds() {
    return config.rootfs().diffIds();
  }

  /** Whether there is anything in it: a layer or a line of history. */
  boolean isEmpty() {
    return layers.isEmpty() && config.history().isEmpty();
  }

  /** The image's id. */
  Digest imageId() {
    return Digest.sha256(config.toJson());
  }

  /** What a step added: a layer, or null if it left files as they were. */
  StageState after(
      Digest nextKey,
      ImageConfig changed,
      String createdBy,
      Instant created,
      @Nullable Added layer) {
    List<History> history = new ArrayList<>(changed.history());
    history.add(new History(created, createdBy, changed.author(), null, layer == null));
    List<Descriptor> blobs = new ArrayList<>(layers);
    List<Digest> diffIds = new ArrayList<>(diffIds());
    if (layer != null) {
      blobs.add(layer.blob());
      diffIds.add(layer.diffId());
    }
    return new StageState(
        changed.withCreated(created).withHistory(history).withRootfs(RootFs.of(diffIds)),
        blobs,
        nextKey);
  }

  /**
   * A layer that a step added.
   *
   * @param diffId the digest of the uncompressed layer
   */
  record Added(Descriptor blob, Digest diffId) {
    /** The same layer, which says by what instruction it was made. */
    Added madeBy(String instruction) {
      Map<String, String> annotations = new TreeMap<>(blob.annotations());
      annotations.put(Descriptor.INSTRUCTION, instruction);
      return new Added(blob.withAnnotations(annotations), diffId);
    }

    static Added of(Layer layer) {
      return new Added(layer.blob(), layer.diffId());
    }
  }
}
