package dev.cooper.cli.base;

import dev.cooper.base.BaseImage;
import dev.cooper.cli.Invocation;
import dev.cooper.flags.Option;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The flags of all commands that make a base image. */
final class MadeImageFlags {
  @Option(
      names = {"-t", "--tag"},
      paramLabel = "NAME",
      description = "The image's name (default: after what it is made of)")
  @Nullable String tag;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the image's id")
  boolean quiet;

  /** Keeps an image under the name that was given, else under this one. */
  int keep(BaseImage image, String otherwise, Instant created, Invocation invocation)
      throws IOException {
    return Made.keep(image, tag == null ? otherwise : tag, quiet, created, invocation);
  }
}
