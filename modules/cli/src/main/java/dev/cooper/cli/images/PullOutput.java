package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.api.Registries;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.registry.LayerProgress;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A pull, and what Docker says about it. */
public final class PullOutput {
  private PullOutput() {}

  /**
   * Brings an image.
   *
   * @param out where to tell of it; null for nowhere
   */
  public static void pull(
      Cooper cooper, Reference name, @Nullable Platform platform, @Nullable PrintStream out)
      throws IOException {
    if (out == null) {
      cooper.registries().pull(name, platform, LayerProgress.NONE);
      return;
    }
    String which = name.digest() != null ? name.digest().toString() : name.tag();
    Registries.Pulled pulled;
    try (LayerLines lines = LayerLines.ofPull(out, which + ": Pulling from " + name.path())) {
      pulled = cooper.registries().pull(name, platform, lines);
    }
    out.println("Digest: " + pulled.named().digest());
    out.println(
        (pulled.isNew()
                ? "Status: Downloaded newer image for "
                : "Status: Image is up to date for ")
            + name.familiar());
  }
}
