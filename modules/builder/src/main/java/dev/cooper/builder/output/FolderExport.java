package dev.cooper.builder.output;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.linux.Devices;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an image's files into a folder of this machine, owned by whoever does it. No link is
 * followed, neither one of the image's nor one that was in the folder.
 */
public final class FolderExport {
  private static final boolean POSIX =
      java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private final ImageTree image;
  private final Path root;
  private final @Nullable Instant latest;
  private final Map<Integer, Path> written = new HashMap<>();
  private final List<FileNode> directories = new ArrayList<>();

  private FolderExport(ImageTree image, Path root, @Nullable Instant latest) {
    this.image = image;
    this.root = root;
    this.latest = latest;
  }

  /**
   * Writes every file. A file that is there already is replaced; a directory that is there gets
   * more in it; one in the place of the other is replaced too, unless that would take away files
   * that the image does not have.
   *
   * @param latest what later times are replaced by; null to keep all times
   * @throws CooperException.Conflict if a directory with something in it is in a file's way
   */
  public static void write(ImageTree image, Path folder, @Nullable Instant latest)
      throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new CooperException.InvalidInput("destination directory \"" + folder + "\" is a file");
    }
    Path root = Files.createDirectories(folder).toRealPath();
    new FolderExport(image, root, latest).write();
  }

  private void write() throws IOException {
    for (FileNode node : image.tree().walk()) {
      if (!node.path().isEmpty()) {
        try {
          write(node);
        } catch (InvalidPathException e) {
          throw new CooperException.InvalidInput(
              "/" + node.path() + ": this machine cannot have a file of this name",
              "set a UTF-8 locale, or write an archive with type=tar",
              e);
        }
      }
    }
    // Last: what was written into them changed their times, and some may not be written to.
    for (FileNode directory : directories.reversed()) {
      finish(root.resolve(directory.path()), directory.entry());
    }
  }

  private void write(FileNode node) throws IOException {
    Path target = root.resolve(node.path());
    if (node.isDirectory()) {
      if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(target);
        Files.createDirectory(target);
      }
      directories.add(node);
      return;
    }
    clear(target, node);
    Path first = node.linkCount() > 1 ? written.putIfAbsent(node.inodeKey(), target) : null;
    if (first != null) {
      Files.createLink(target, first);
      return;
    }
    create(target, node);
  }

  private static void clear(Path target, FileNode node) throws IOException {
    try {
      Files.deleteIfExists(target);
    } catch (java.nio.file.DirectoryNotEmptyException e) {
      throw new CooperException.Conflict(
          "cannot write /" + node.path() + ": " + target + " is a directory that is not empty",
          "choose another folder, or remove it",
          e);
    }
  }

  private void create(Path target, FileNode node) throws IOException {
    TarEntry entry = node.entry();
    switch (node.type()) {
      case FILE -> {
        try (InputStream in = image.content().open(node);
            var out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
          in.transferTo(out);
        }
        finish(target, entry);
      }
      case SYMLINK -> Files.createSymbolicLink(target, Path.of(entry.linkTarget()));
      case FIFO -> Devices.makeFifo(target, entry.mode());
      case CHARACTER_DEVICE, BLOCK_DEVICE -> device(target, entry);
      case DIRECTORY, HARD_LINK -> throw new IllegalStateException(node.path());
    }
  }

  private static void device(Path target, TarEntry entry) throws IOException {
    try {
      if (entry.type() == EntryType.BLOCK_DEVICE) {
        Devices.makeBlockDevice(target, entry.mode(), entry.deviceMajor(), entry.deviceMinor());
      } else {
        Devices.makeCharacterDevice(target, entry.mode(), entry.deviceMajor(), entry.deviceMinor());
      }
    } catch (LinuxException e) {
      throw new CooperException.Failed(
          "cannot make the device /" + entry.path() + ": " + e.getMessage(),
          "only root makes devices: type=tar writes an archive that has them",
          e);
    }
  }

  private void finish(Path target, TarEntry entry) throws IOException {
    if (POSIX) {
      Files.setAttribute(target, "unix:mode", entry.mode(), LinkOption.NOFOLLOW_LINKS);
    }
    Instant modified = entry.modified();
    Files.setLastModifiedTime(
        target, FileTime.from(latest != null && modified.isAfter(latest) ? latest : modified));
  }
}
