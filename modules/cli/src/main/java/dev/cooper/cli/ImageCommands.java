package dev.cooper.cli;

import dev.cooper.cli.images.HistoryCommand;
import dev.cooper.cli.images.ImagesCommand;
import dev.cooper.cli.images.PruneImagesCommand;
import dev.cooper.cli.images.RemoveImageCommand;
import dev.cooper.cli.images.TagCommand;
import java.util.List;

/** The commands that list, inspect, name and remove images. */
final class ImageCommands {
  private ImageCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row("images", "image ls", "List images", ImagesCommand::new),
        new CommandTable.Row(
            "history", "image history", "Show the history of an image", HistoryCommand::new),
        new CommandTable.Row(
            "tag", "image tag", "Create a tag that refers to an image", TagCommand::new),
        new CommandTable.Row(
            "rmi", "image rm", "Remove one or more images", RemoveImageCommand::new),
        new CommandTable.Row("image prune", null, "Remove unused images", PruneImagesCommand::new));
  }
}
