package dev.cooper.explore;

import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.Digest;
import java.util.HashMap;
import java.util.Map;

/** Facts kept in memory, for tests. */
public final class MapFacts implements FactsCache {
  public final Map<Digest, byte[]> kept = new HashMap<>();

  @Override
  public byte[] find(Digest diffId) {
    return kept.get(diffId);
  }

  @Override
  public void put(Digest diffId, byte[] facts) {
    kept.put(diffId, facts);
  }
}
