package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.images.PullOutput;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.io.PrintStream;

/** Brings a container's image before it is needed, as {@code --pull} says. */
final class PullFirst {
  private PullFirst() {}

  /**
   * Does what the flag says; {@code never} leaves it to the container to miss its image.
   *
   * @param error where Docker tells of it
   */
  static void run(Cooper cooper, ContainerFlags flags, String image, PrintStream error)
      throws IOException {
    switch (flags.pull) {
      case "never" -> {}
      case "missing" -> {
        if (cooper.images().find(image).isEmpty()) {
          Reference name = Reference.parse(image);
          error.println("Unable to find image '" + name.familiar() + "' locally");
          pull(cooper, flags, name, error);
        }
      }
      default -> pull(cooper, flags, Reference.parse(image), error);
    }
  }

  private static void pull(Cooper cooper, ContainerFlags flags, Reference name, PrintStream error)
      throws IOException {
    Platform platform = flags.platform == null ? null : Platform.parse(flags.platform);
    PullOutput.pull(cooper, name, platform, flags.quiet ? null : error);
  }
}
