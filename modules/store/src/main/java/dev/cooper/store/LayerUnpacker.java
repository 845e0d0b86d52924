package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import dev.cooper.image.layer.Whiteouts;
import dev.cooper.linux.CloneFile;
import dev.cooper.linux.Devices;
import dev.cooper.linux.Errno;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes one layer's tar into an empty directory of which nobody else knows, as overlay mounts want
 * it.
 *
 * <p>No link is ever followed: an entry is only made in a directory that was itself made as a
 * directory here, and every entry is made anew, so that whatever the tar says, nothing is written
 * outside. What the layers below know better, they are asked: the attributes of directories that
 * the tar does not list, and the files of hard links to what is below.
 */
final class LayerUnpacker {
  private static final TarEntry ROOT = TarEntry.directory("");

  private final Path target;
  private final LowerLayers below;
  private final OverlayMarks marks = OverlayMarks.forThisProcess();

  /** The directories made so far, with the attributes they get at the end. */
  private final Map<String, TarEntry> directories = new TreeMap<>();

  private final Set<String> whiteouts = new HashSet<>();
  private final Set<String> opaque = new HashSet<>();

  LayerUnpacker(Path target, List<Path> below) {
    this.target = target;
    this.below = new LowerLayers(below);
  }

  /**
   * Unpacks all of it, to the last byte of the stream.
   *
   * @throws CooperException.Corrupt when the tar is malformed, or a hard link leads to nothing
   */
  void unpack(InputStream tar) throws IOException {
    directories.put("", implied(""));
    TarReader reader = new TarReader(tar);
    try (FileWriting files = new FileWriting()) {
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        String name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
        if (Whiteouts.isMark(name)) {
          mark(entry.path(), name);
        } else {
          make(entry, reader, files);
        }
      }
    }
    // What follows the end of the archive belongs to what is verified.
    tar.transferTo(OutputStream.nullOutputStream());
    finishDirectories();
  }

  private void mark(String path, String name) throws IOException {
    String parent = parent(path);
    if (name.equals(Whiteouts.OPAQUE)) {
      ensureDirectory(parent);
      opaque.add(parent);
      return;
    }
    if (name.startsWith(Whiteouts.METADATA_PREFIX)) {
      return;
    }
    String hidden = join(parent, name.substring(Whiteouts.PREFIX.length()));
    if (directories.containsKey(hidden)) {
      opaque.add(hidden); // A whiteout speaks of the layers below only.
      return;
    }
    // What is not there needs no whiteout; in a bottom layer it would be seen as a device.
    if (below.find(hidden).isEmpty()) {
      return;
    }
    ensureDirectory(parent);
    Path file = NativeNames.resolve(target, hidden);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      marks.whiteOut(file);
      whiteouts.add(hidden);
    }
  }

  private void make(TarEntry entry, TarReader reader, FileWriting files) throws IOException {
    String path = entry.path();
    if (path.isEmpty()) {
      if (entry.type() == EntryType.DIRECTORY) {
        directories.put("", entry);
      }
      return;
    }
    ensureDirectory(parent(path));
    boolean known = directories.containsKey(path);
    if (entry.type() == EntryType.DIRECTORY && known) {
      directories.put(path, entry);
      return;
    }
    Path file = NativeNames.resolve(target, path);
    if (known || whiteouts.contains(path)) {
      replace(path, file, entry.type());
    }
    try {
      create(entry, file, reader, files);
    } catch (FileAlreadyExistsException e) {
      replace(path, file, entry.type());
      create(entry, file, reader, files);
    } catch (LinuxException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
      replace(path, file, entry.type());
      create(entry, file, reader, files);
    }
  }

  /** A tar may name a path twice: the later entry counts. */
  private void replace(String path, Path file, EntryType type) throws IOException {
    TreeRemoval.remove(file);
    String inside = path + "/";
    directories.keySet().removeIf(other -> other.equals(path) || other.startsWith(inside));
    boolean wasHiding = opaque.remove(path) | whiteouts.remove(path);
    opaque.removeIf(other -> other.startsWith(inside));
    whiteouts.removeIf(other -> other.startsWith(inside));
    if (wasHiding && type == EntryType.DIRECTORY) {
      opaque.add(path);
    }
  }

  private void create(TarEntry entry, Path file, TarReader reader, FileWriting files)
      throws IOException {
    switch (entry.type()) {
      case FILE -> files.write(entry, file, reader);
      case DIRECTORY -> {
        Files.createDirectory(file);
        directories.put(entry.path(), entry);
      }
      case SYMLINK -> {
        Files.createSymbolicLink(file, NativeNames.text(entry.linkTarget()));
        Attributes.apply(entry, file);
      }
      case HARD_LINK -> link(entry, file, files);
      case CHARACTER_DEVICE -> {
        if (entry.deviceMajor() == 0 && entry.deviceMinor() == 0) {
          // It would be a whiteout to the overlay, and there is no such device.
          throw new CooperException.Corrupt(
              "layer entry "
                  + entry.path()
                  + " is a character device 0:0, which no layer may hold");
        }
        Devices.makeCharacterDevice(file, 0600, entry.deviceMajor(), entry.deviceMinor());
        Attributes.apply(entry, file);
      }
      case BLOCK_DEVICE -> {
        Devices.makeBlockDevice(file, 0600, entry.deviceMajor(), entry.deviceMinor());
        Attributes.apply(entry, file);
      }
      case FIFO -> {
        Devices.makeFifo(file, 0600);
        Attributes.apply(entry, file);
      }
    }
  }

  /** A hard link to a file of this layer, or a copy of a file of a layer below. */
  private void link(TarEntry entry, Path file, FileWriting files) throws IOException {
    String linked = entry.linkTarget();
    files.await();
    if (directories.containsKey(parent(linked)) && !directories.containsKey(linked)) {
      Path existing = NativeNames.resolve(target, linked);
      if (Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && !whiteouts.contains(linked)) {
        Files.createLink(file, existing);
        return;
      }
    }
    LowerLayers.Found found =
        below
            .find(linked)
            .filter(other -> !other.status().isDirectory())
            .orElseThrow(
                () ->
                    new CooperException.Corrupt(
                        "layer entry "
                            + entry.path()
                            + " links to "
                            + linked
                            + ", which is no file"));
    if (!found.status().isRegular()) {
      throw new CooperException.Corrupt(
          "layer entry "
              + entry.path()
              + " links to "
              + linked
              + " in a layer below, which is not a"
              + " regular file");
    }
    Files.createFile(file);
    CloneFile.copy(found.path(), file);
    Attributes.copy(found.path(), found.status(), file);
  }

  private void ensureDirectory(String path) throws IOException {
    if (directories.containsKey(path)) {
      return;
    }
    ensureDirectory(parent(path));
    Path file = NativeNames.resolve(target, path);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      // Something else with this name came earlier, perhaps a link: it gives way.
      replace(path, file, EntryType.DIRECTORY);
    }
    Files.createDirectory(file);
    directories.put(path, implied(path));
  }

  /** What a directory is like that the tar does not list: as below, else plain. */
  private TarEntry implied(String path) throws IOException {
    Optional<LowerLayers.Found> found = below.find(path);
    if (found.isEmpty() || !found.get().status().isDirectory()) {
      return ROOT.withPath(path);
    }
    FileStatus status = found.get().status();
    Map<String, byte[]> xattrs = new HashMap<>();
    for (String name : Xattrs.list(found.get().path())) {
      if (!OverlayMarks.isOverlayAttribute(name)) {
        Xattrs.get(found.get().path(), name).ifPresent(value -> xattrs.put(name, value));
      }
    }
    return ROOT.withPath(path)
        .withMode(status.permissions())
        .withOwner(Integer.toUnsignedLong(status.uid()), Integer.toUnsignedLong(status.gid()))
        .withModified(status.modified())
        .withXattrs(xattrs);
  }

  /** At the end, since making something in a directory changes its time. */
  private void finishDirectories() throws IOException {
    for (Map.Entry<String, TarEntry> directory : directories.entrySet()) {
      Path path = NativeNames.resolve(target, directory.getKey());
      if (opaque.contains(directory.getKey())) {
        marks.makeOpaque(path);
      }
      Attributes.apply(directory.getValue(), path);
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String join(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
