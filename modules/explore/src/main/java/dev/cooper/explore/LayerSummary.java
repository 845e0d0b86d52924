package dev.cooper.explore;

import dev.cooper.image.Digest;
import java.util.List;

/**
 * What one layer did.
 *
 * @param layer from 0 at the bottom
 * @param instruction the step that made it
 * @param blob the digest of its blob
 * @param diffId the digest of its uncompressed tar
 * @param storedSize bytes of the blob
 * @param size bytes of the files in it
 * @param changes what it did, by path
 */
public record LayerSummary(
    int layer,
    LayerInstruction instruction,
    Digest blob,
    Digest diffId,
    long storedSize,
    long size,
    List<Change> changes) {
  public LayerSummary {
    changes = List.copyOf(changes);
  }

  /** As people count: 1 at the bottom. */
  public int number() {
    return layer + 1;
  }

  /** How many changes are of this kind. */
  public int count(ChangeKind kind) {
    int count = 0;
    for (Change change : changes) {
      if (change.kind() == kind) {
        count++;
      }
    }
    return count;
  }
}
