package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Reference;
import dev.cooper.registry.LayerProgress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A push as the user is shown it, in Docker's words. */
public final class PushOutput {
  private PushOutput() {}

  /**
   * Sends an image.
   *
   * @param out where to tell of it; null for nowhere
   * @return its manifest or index in the registry
   */
  public static Descriptor push(Cooper cooper, Reference name, @Nullable PrintStream out)
      throws IOException {
    if (out == null) {
      return cooper.registries().push(name, LayerProgress.NONE);
    }
    Descriptor pushed;
    try (LayerLines lines = LayerLines.ofPush(out)) {
      pushed = cooper.registries().push(name, lines);
    }
    out.println(
        Objects.requireNonNull(name.tag())
            + ": digest: "
            + pushed.digest()
            + " size: "
            + pushed.size());
    return pushed;
  }
}
