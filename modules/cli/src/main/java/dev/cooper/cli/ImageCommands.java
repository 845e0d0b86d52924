package dev.cooper.cli;

import dev.cooper.cli.images.HistoryCommandFlags;
import dev.cooper.cli.images.ImagesCommandFlags;
import dev.cooper.cli.images.PruneImagesCommandFlags;
import dev.cooper.cli.images.RemoveImageCommandFlags;
import dev.cooper.cli.images.TagCommandFlags;
import java.util.List;

/** The commands that list, inspect, name and remove images. */
final class ImageCommands {
  private ImageCommands() {}

  static List<CommandTable.Row> rows() {
    return List.of(
        new CommandTable.Row("images", "image ls", "List images", ImagesCommandFlags::new),
        new CommandTable.Row(
            "history", "image history", "Show the history of an image", HistoryCommandFlags::new),
        new CommandTable.Row(
            "tag", "image tag", "Create a tag that refers to an image", TagCommandFlags::new),
        new CommandTable.Row(
            "rmi", "image rm", "Remove one or more images", RemoveImageCommandFlags::new),
        new CommandTable.Row(
            "image prune", null, "Remove unused images", PruneImagesCommandFlags::new));
  }
}
