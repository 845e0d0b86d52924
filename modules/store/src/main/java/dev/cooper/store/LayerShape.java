package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a layer was made so far, apart from its files: directories, links that later entries may
 * lead through, and what it hides of the layers below.
 */
final class LayerShape {
  private static final int LINK_LIMIT = 40;

  private final Path target;
  private final LowerLayers below;

  /** Directories with what the tar says of them; a plain entry where it says nothing. */
  private final TreeMap<String, TarEntry> directories = new TreeMap<>();

  /** Those directories of which the tar says nothing. */
  private final Set<String> implied = new HashSet<>();

  private final TreeMap<String, String> symlinks = new TreeMap<>();
  private final TreeSet<String> whiteouts = new TreeSet<>();

  /** Paths of the layers below that a whiteout took away, whatever stands there now. */
  private final Set<String> hidden = new HashSet<>();

  /** Directories whose contents below are taken away. */
  private final Set<String> opaque = new HashSet<>();

  LayerShape(Path target, LowerLayers below) {
    this.target = target;
    this.below = below;
    directories.put("", TarEntry.directory(""));
    implied.add("");
  }

  boolean isDirectory(String path) {
    return directories.containsKey(path);
  }

  boolean isWhiteout(String path) {
    return whiteouts.contains(path);
  }

  /** A directory that was made, or is listed again with other attributes. */
  void addDirectory(String path, TarEntry entry) {
    directories.put(path, entry);
    implied.remove(path);
  }

  void addSymlink(String path, String linkTarget) {
    symlinks.put(path, linkTarget);
  }

  void addWhiteout(String path) {
    whiteouts.add(path);
  }

  /** What the layers below have at this path is gone. */
  void hide(String path) {
    hidden.add(path);
  }

  /** What the layers below have in this directory is gone. */
  void hideBelow(String directory) {
    opaque.add(directory);
  }

  /** Whether nothing of the layers below is seen at a path, as far as the tar was read. */
  boolean isHidden(String path) {
    if (hidden.contains(path)) {
      return true;
    }
    for (String above = path; !above.isEmpty(); ) {
      above = LayerUnpacker.parent(above);
      if (opaque.contains(above) || hidden.contains(above)) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing of the layers below is seen in a directory. */
  private boolean isHiddenIn(String directory) {
    return opaque.contains(directory) || isHidden(directory);
  }

  /** Removes what was made at a path, to make something else there. */
  void remove(String path) throws IOException {
    if (!directories.containsKey(path)) {
      hidden.add(path); // A file hid what is below it, though a directory may take its place now.
    }
    TreeRemoval.remove(NativeNames.resolve(target, path));
    directories.remove(path);
    symlinks.remove(path);
    whiteouts.remove(path);
    String first = path + "/";
    String end = path + "0"; // The character behind the slash.
    directories.subMap(first, end).clear();
    symlinks.subMap(first, end).clear();
    whiteouts.subSet(first, end).clear();
  }

  /**
   * Makes sure that there is a directory at a path. Links that this layer made on the way are
   * followed inside it, as an archive's writer meant; what the layers below have there gives way.
   *
   * @return the directory's path without links
   */
  String ensureDirectory(String path) throws IOException {
    if (directories.containsKey(path)) {
      return path;
    }
    Deque<String> left = new ArrayDeque<>(Arrays.asList(path.split("/")));
    String at = "";
    int links = 0;
    while (!left.isEmpty()) {
      String part = left.removeFirst();
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        at = LayerUnpacker.parent(at);
        continue;
      }
      String next = LayerUnpacker.join(at, part);
      String linkTarget = symlinks.get(next);
      if (linkTarget == null) {
        if (!directories.containsKey(next)) {
          makeImplied(next);
        }
        at = next;
        continue;
      }
      if (++links > LINK_LIMIT) {
        throw new CooperException.Corrupt(
            "layer entry " + path + ": too many symbolic links above it");
      }
      String[] parts = linkTarget.split("/");
      for (int i = parts.length - 1; i >= 0; i--) {
        left.addFirst(parts[i]);
      }
      at = linkTarget.startsWith("/") ? "" : at;
    }
    return at;
  }

  private void makeImplied(String path) throws IOException {
    Path file = NativeNames.resolve(target, path);
    if (whiteouts.contains(path)) {
      remove(path);
    } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CooperException.Corrupt(
          "layer entry " + path + ": other entries are in it, but it is no directory");
    }
    Files.createDirectory(file);
    directories.put(path, TarEntry.directory(path));
    implied.add(path);
  }

  /** Gives directories their marks and attributes: last, since filling them changes their times. */
  void finish(OverlayMarks marks) throws IOException {
    for (String whiteout : whiteouts) {
      if (isHiddenIn(LayerUnpacker.parent(whiteout))) {
        // A mount lists a directory that it need not merge as it is, with whiteouts in it.
        Files.delete(NativeNames.resolve(target, whiteout));
      }
    }
    for (Map.Entry<String, TarEntry> directory : directories.entrySet()) {
      String path = directory.getKey();
      Path file = NativeNames.resolve(target, path);
      if (opaque.contains(path) || hidden.contains(path)) {
        marks.makeOpaque(file);
      }
      LowerLayers.@Nullable Found known =
          implied.contains(path) && !isHidden(path) ? below.find(path).orElse(null) : null;
      Attributes.apply(
          known == null || !known.status().isDirectory() ? directory.getValue() : like(known),
          file);
    }
  }

  /** The attributes of a directory below. */
  private static TarEntry like(LowerLayers.Found found) throws IOException {
    FileStatus status = found.status();
    Map<String, byte[]> xattrs = new HashMap<>();
    for (String name : Xattrs.list(found.path())) {
      if (!OverlayMarks.isOverlayAttribute(name)) {
        Xattrs.get(found.path(), name).ifPresent(value -> xattrs.put(name, value));
      }
    }
    return TarEntry.directory("")
        .withMode(status.permissions())
        .withOwner(Integer.toUnsignedLong(status.uid()), Integer.toUnsignedLong(status.gid()))
        .withModified(status.modified())
        .withXattrs(xattrs);
  }
}
