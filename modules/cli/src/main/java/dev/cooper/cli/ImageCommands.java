package dev.cooper.cli;

import dev.cooper.cli.images.HistoryCommandFlags;
import dev.cooper.cli.images.ImagesCommandFlags;
import dev.cooper.cli.images.ImportCommandFlags;
import dev.cooper.cli.images.LoadCommandFlags;
import dev.cooper.cli.images.LoginCommandFlags;
import dev.cooper.cli.images.LogoutCommandFlags;
import dev.cooper.cli.images.PruneImagesCommandFlags;
import dev.cooper.cli.images.PullCommandFlags;
import dev.cooper.cli.images.PushCommandFlags;
import dev.cooper.cli.images.RemoveImageCommandFlags;
import dev.cooper.cli.images.SaveCommandFlags;
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
            "save",
            "image save",
            "Save one or more images to a tar archive",
            SaveCommandFlags::new),
        new CommandTable.Row(
            "load",
            "image load",
            "Load an image from a tar archive or STDIN",
            LoadCommandFlags::new),
        new CommandTable.Row(
            "import",
            "image import",
            "Import the contents from a tarball to create a filesystem image",
            ImportCommandFlags::new),
        new CommandTable.Row("login", null, "Authenticate to a registry", LoginCommandFlags::new),
        new CommandTable.Row("logout", null, "Log out from a registry", LogoutCommandFlags::new),
        new CommandTable.Row(
            "pull", "image pull", "Download an image from a registry", PullCommandFlags::new),
        new CommandTable.Row(
            "push", "image push", "Upload an image to a registry", PushCommandFlags::new),
        new CommandTable.Row(
            "image prune", null, "Remove unused images", PruneImagesCommandFlags::new));
  }
}
