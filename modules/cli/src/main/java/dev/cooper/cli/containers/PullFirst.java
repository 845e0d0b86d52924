package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.images.PullOutput;
import dev.cooper.engine.Container;
import dev.cooper.engine.ContainerRequest;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.io.PrintStream;

/** Makes a container, bringing its image first where {@code --pull} says so. */
final class PullFirst {
  private PullFirst() {}

  /**
   * Makes the container, with an image that is brought as the flag says. Whether the image is here
   * is only asked once making the container has failed: mostly it is.
   *
   * @param error where Docker tells of it
   */
  static Container create(
      Cooper cooper, ContainerFlags flags, ContainerRequest request, PrintStream error)
      throws IOException {
    if (flags.pull.equals("always")) {
      pull(cooper, flags, Reference.parse(request.image()), error);
    }
    try {
      return cooper.containers().create(request);
    } catch (CooperException.NotFound e) {
      if (flags.pull.equals("never") || cooper.images().find(request.image()).isPresent()) {
        throw e;
      }
    }
    Reference name = Reference.parse(request.image());
    error.println("Unable to find image '" + name.familiar() + "' locally");
    pull(cooper, flags, name, error);
    return cooper.containers().create(request);
  }

  private static void pull(Cooper cooper, ContainerFlags flags, Reference name, PrintStream error)
      throws IOException {
    Platform platform = flags.platform == null ? null : Platform.parse(flags.platform);
    PullOutput.pull(cooper, name, platform, flags.quiet ? null : error);
  }
}
