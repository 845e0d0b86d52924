package dev.cooper.cli;

<<<<<<< HEAD
import dev.cooper.cli.build.BuildCommandFlags;
import dev.cooper.cli.build.PruneBuildCacheCommandFlags;
=======
import dev.cooper.cli.build.BuildCommandFlags;
>>>>>>> cfd62c6 (Flags by generated code instead of picocli's reflection)
import java.util.List;

/** The commands that build images. */
final class BuildCommands {
  private BuildCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row(
<<<<<<< HEAD
            "build", "image build", "Build an image from a Dockerfile", BuildCommandFlags::new),
        new CommandTable.Row(
            "builder prune", "buildx prune", "Remove build cache", PruneBuildCacheCommandFlags::new));
=======
            "build", "image build", "Build an image from a Dockerfile", BuildCommandFlags::new));
>>>>>>> cfd62c6 (Flags by generated code instead of picocli's reflection)
  }
}
