package dev.cooper.engine;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import dev.cooper.linux.DirectoryListing;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a container's own layer changes, removes and adds, as overlayfs notes it there. */
final class Differences {
  private static final String OPAQUE = "trusted.overlay.opaque";
  private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

  private final Path upper;
  private final FileTree tree;
  private final Path mountPoints;
  private final List<Change> changes = new ArrayList<>();

  /**
   * @param upper the container's own layer
   * @param tree its image
   * @param mountPoints the layer that lies below the image's
   */
  Differences(Path upper, FileTree tree, Path mountPoints) {
    this.upper = upper;
    this.tree = tree;
    this.mountPoints = mountPoints;
  }

  /** By path; a directory in which something changed counts as changed itself. */
  List<Change> list() throws IOException {
    if (!Files.isDirectory(upper)) {
      return List.of();
    }
    boolean unused = directory(PathBytes.encode(upper.toString()), "", tree.root());
    changes.sort(Comparator.comparing(Change::path, PathBytes::compare));
    return changes;
  }

  /** Returns whether anything in it differs. */
  private boolean directory(byte[] path, String inside, @Nullable FileNode below)
      throws IOException {
    boolean any = false;
    Set<String> present = new HashSet<>();
    for (DirectoryListing.Entry entry : DirectoryListing.read(path)) {
      String name = PathBytes.decode(entry.name());
      present.add(name);
      FileNode node = below == null ? null : below.child(name);
      any |= entry(join(path, entry.name()), inside + "/" + name, entry.status(), node);
    }
    if (below != null && isOpaque(path)) {
      for (FileNode child : below.children()) {
        if (!present.contains(child.name())) {
          changes.add(new Change(Change.Kind.DELETED, inside + "/" + child.name()));
          any = true;
        }
      }
    }
    return any;
  }

  private boolean entry(byte[] path, String inside, FileStatus status, @Nullable FileNode below)
      throws IOException {
    if (status.isCharacterDevice() && status.deviceMajor() == 0 && status.deviceMinor() == 0) {
      if (below != null || isMountPoint(inside)) {
        changes.add(new Change(Change.Kind.DELETED, inside));
        return true;
      }
      return false;
    }
    boolean known = below != null || isMountPoint(inside);
    if (status.isDirectory()) {
      FileNode directoryBelow = below != null && below.isDirectory() ? below : null;
      boolean inner = directory(path, inside, directoryBelow);
      boolean same = known && (below == null || isSame(status, below));
      if (!same || inner) {
        changes.add(new Change(known ? Change.Kind.CHANGED : Change.Kind.ADDED, inside));
        return true;
      }
      return false;
    }
    changes.add(new Change(known ? Change.Kind.CHANGED : Change.Kind.ADDED, inside));
    return true;
  }

  /**
   * Whether a directory that was copied up is as it was; a new entry would have changed its time.
   */
  private static boolean isSame(FileStatus status, FileNode below) {
    return below.type() == EntryType.DIRECTORY
        && status.permissions() == below.entry().mode()
        && status.uid() == below.entry().uid()
        && status.gid() == below.entry().gid()
        && status.modified().getEpochSecond() == below.entry().modified().getEpochSecond();
  }

  private boolean isMountPoint(String inside) {
    try {
      return Files.exists(mountPoints.resolve(inside.substring(1)), LinkOption.NOFOLLOW_LINKS);
    } catch (java.nio.file.InvalidPathException e) {
      return false;
    }
  }

  private static boolean isOpaque(byte[] path) throws IOException {
    try {
      Path directory = Path.of(new String(path, StandardCharsets.UTF_8));
      return Xattrs.get(directory, OPAQUE)
          .map(value -> java.util.Arrays.equals(value, YES))
          .orElse(false);
    } catch (java.nio.file.InvalidPathException e) {
      return false;
    }
  }

  static byte[] join(byte[] directory, byte[] name) {
    byte[] path = java.util.Arrays.copyOf(directory, directory.length + 1 + name.length);
    path[directory.length] = '/';
    System.arraycopy(name, 0, path, directory.length + 1, name.length);
    return path;
  }
}
