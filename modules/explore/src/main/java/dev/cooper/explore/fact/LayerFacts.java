package dev.cooper.explore.fact;

import java.util.List;
import java.util.Map;

/**
 * What was learnt from the bytes of one layer's files.
 *
 * @param byOffset the facts of each file, by where its contents begin in the uncompressed tar
 */
public record LayerFacts(Map<Long, List<Fact>> byOffset) {
  public LayerFacts {
    byOffset = Map.copyOf(byOffset);
  }

  /** What is known of the file whose contents begin here; empty for nothing. */
  public List<Fact> at(long offset) {
    return byOffset.getOrDefault(offset, List.of());
  }
}
