package dev.cooper.builder;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image that a build made.
 *
 * @param manifest its manifest in the store; of several platforms the index of theirs
 * @param imageId the digest of its config, which Docker calls the image's id; of several platforms
 *     the digest of the index
 * @param exported the image as the first of the outputs got it that takes images; null if only
 *     files were wanted
 */
public record BuildResult(Descriptor manifest, Digest imageId, @Nullable Exported exported) {
  /**
   * An image as an output has it: layers that were packed on the way gave it another digest.
   *
   * @param target the manifest or index
   * @param names what it is called there
   */
  public record Exported(Descriptor target, List<Reference> names) {
    public Exported {
      names = List.copyOf(names);
    }
  }
}
