package dev.cooper.store;

import dev.cooper.image.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of stacks of layers (image-spec, config.md "Layer ChainID"): a layer together with
 * everything below it. What a layer's directory holds depends on what is below, hence its name.
 */
public final class ChainIds {
  private ChainIds() {}

  /** The chain id of each layer, bottom first. */
  public static List<Digest> of(List<Digest> diffIds) {
    List<Digest> chain = new ArrayList<>(diffIds.size());
    for (Digest diffId : diffIds) {
      chain.add(chain.isEmpty() ? diffId : next(chain.getLast(), diffId));
    }
    return chain;
  }

  /** The chain id of a layer upon a stack that has {@code parent}. */
  public static Digest next(Digest parent, Digest diffId) {
    return Digest.sha256((parent + " " + diffId).getBytes(StandardCharsets.US_ASCII));
  }
}
