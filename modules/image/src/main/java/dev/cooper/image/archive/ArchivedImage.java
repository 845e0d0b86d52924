package dev.cooper.image.archive;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Reference;
import java.util.List;

/**
 * An image on its way into or out of an archive.
 *
 * @param target its manifest or index
 * @param names its names, each with a tag; none for an image without
 */
public record ArchivedImage(Descriptor target, List<Reference> names) {
  public ArchivedImage {
    names = List.copyOf(names);
  }
}
