package dev.cooper.store;

import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * What removing an image came to.
 *
 * @param untagged the names that were taken away, in the order that Docker prints them
 * @param deleted the image's id, when the image itself is gone, and then the chain ids of its
 *     layers that nothing else keeps, neither another image nor the build cache, top first
 */
public record Removal(List<Reference> untagged, List<Digest> deleted) {
  public Removal {
    untagged = List.copyOf(untagged);
    deleted = List.copyOf(deleted);
  }

  /** Docker's lines: {@code Untagged: …} and {@code Deleted: …}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    untagged.forEach(name -> lines.add("Untagged: " + name.familiar()));
    deleted.forEach(digest -> lines.add("Deleted: " + digest));
    return lines;
  }
}
