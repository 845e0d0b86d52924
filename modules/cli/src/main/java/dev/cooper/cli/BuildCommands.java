package dev.cooper.cli;

import dev.cooper.cli.build.BuildCommandFlags;
import dev.cooper.cli.build.PruneBuildCacheCommandFlags;
import java.util.List;

/** The commands that build images. */
final class BuildCommands {
  private BuildCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row(
            "build", "image build", "Build an image from a Dockerfile", BuildCommandFlags::new),
        new CommandTable.Row(
            "builder prune",
            "buildx prune",
            "Remove build cache",
            PruneBuildCacheCommandFlags::new));
  }
}
