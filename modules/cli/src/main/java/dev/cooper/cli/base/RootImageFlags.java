package dev.cooper.cli.base;

import dev.cooper.flags.Option;
import dev.cooper.image.Platform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The flags of commands that make an image of a root file system that is there already. */
final class RootImageFlags {
  @Option(
      names = {"-t", "--tag"},
      paramLabel = "NAME",
      description = "The image's name")
  @Nullable String tag;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "What the programs in it run on (default as their ELF headers say)")
  @Nullable String platform;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the image's id")
  boolean quiet;

  /** What the programs in it run on, where the user says so. */
  Optional<Platform> platform() {
    return Optional.ofNullable(platform).map(Platform::parse);
  }
}
