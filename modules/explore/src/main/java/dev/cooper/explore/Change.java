package dev.cooper.explore;

import dev.cooper.image.layer.TarEntry;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a layer did.
 *
 * @param layer the layer, from 0
 * @param kind what it did
 * @param path where, without a leading slash
 * @param before what was there; null when nothing was
 * @param after what is there now; null when it is gone
 */
public record Change(
    int layer, ChangeKind kind, String path, @Nullable TarEntry before, @Nullable TarEntry after) {

  /** Bytes that the layer stores for it; 0 for a removal, a link, and what is no file. */
  public long size() {
    return after == null ? 0 : after.size();
  }

  /** What is there now, or for a removal what was. */
  public TarEntry entry() {
    TarEntry entry = after == null ? before : after;
    if (entry == null) {
      throw new IllegalStateException("a change of nothing into nothing: " + path);
    }
    return entry;
  }
}
