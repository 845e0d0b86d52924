package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import dev.cooper.image.layer.Whiteouts;
import dev.cooper.linux.Devices;
import dev.cooper.linux.Errno;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one layer's tar into an empty directory of which nobody else knows, as overlay mounts want
 * it, so that a mount shows what {@link dev.cooper.image.tree.FileTree} says.
 *
 * <p>The kernel never follows a link here: an entry is only made in a directory that was itself
 * made as a directory, and every entry is made anew, so that whatever the tar says, nothing is
 * written outside. What the layers below know better, they are asked: the attributes of directories
 * that the tar does not list, and the files of hard links to what is below.
 */
final class LayerUnpacker {
  private final Path target;
  private final LowerLayers below;
  private final LayerShape shape;
  private final OverlayMarks marks = OverlayMarks.forThisProcess();

  /** Hard links whose file was not there yet. */
  private final List<TarEntry> waiting = new ArrayList<>();

  LayerUnpacker(Path target, List<Path> below) {
    this.target = target;
    this.below = new LowerLayers(below, marks);
    this.shape = new LayerShape(target, this.below);
  }

  /**
   * Unpacks all of it, to the last byte of the stream.
   *
   * @throws CooperException.Corrupt when the tar is malformed, or a hard link leads to nothing
   */
  void unpack(InputStream tar) throws IOException {
    TarReader reader = new TarReader(tar);
    try (FileWriting files = new FileWriting()) {
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        String name = name(entry.path());
        if (isBookkeeping(entry.path())) {
          continue;
        }
        if (Whiteouts.isMark(name)) {
          mark(entry, name);
        } else {
          make(entry, reader, files);
        }
      }
      for (TarEntry link : waiting) {
        make(link, reader, files);
      }
    }
    // What follows the end of the archive belongs to what is verified.
    tar.transferTo(OutputStream.nullOutputStream());
    shape.finish(marks);
  }

  /** Whether a part of the path, other than an opaque mark at its end, is AUFS's own. */
  private static boolean isBookkeeping(String path) {
    int at = ("/" + path).indexOf("/" + Whiteouts.METADATA_PREFIX);
    return at >= 0 && !path.substring(at).equals(Whiteouts.OPAQUE);
  }

  private void mark(TarEntry entry, String name) throws IOException {
    String parent = parent(entry.path());
    // Marks mean the paths of the layers below as they are written; a link of this layer hides
    // them.
    boolean behindLink = !shape.ensureDirectory(parent).equals(parent);
    if (name.equals(Whiteouts.OPAQUE)) {
      if (!behindLink) {
        shape.hideBelow(parent);
      }
      return;
    }
    String hidden = name.substring(Whiteouts.PREFIX.length());
    if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
      throw new CooperException.Corrupt(entry.path() + ": whiteout of no name");
    }
    if (!behindLink) {
      whiteOut(join(parent, hidden));
    }
  }

  /** A whiteout speaks of the layers below only: what this layer has there stays. */
  private void whiteOut(String path) throws IOException {
    // What is not there needs none; in a bottom layer it would be seen as a device.
    boolean needed = below.find(path).isPresent();
    shape.hide(path);
    Path file = NativeNames.resolve(target, path);
    if (needed && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      marks.whiteOut(file);
      shape.addWhiteout(path);
    }
  }

  private void make(TarEntry entry, TarReader reader, FileWriting files) throws IOException {
    if (entry.path().isEmpty()) {
      if (entry.type() != EntryType.DIRECTORY) {
        throw new CooperException.Corrupt("the root is not a directory");
      }
      shape.addDirectory("", entry);
      return;
    }
    String path = join(shape.ensureDirectory(parent(entry.path())), name(entry.path()));
    if (entry.type() == EntryType.DIRECTORY && shape.isDirectory(path)) {
      shape.addDirectory(path, entry);
      return;
    }
    Path file = NativeNames.resolve(target, path);
    if (entry.type() == EntryType.HARD_LINK) {
      files.await();
      link(entry, path, file);
      return;
    }
    if (shape.isDirectory(path) || shape.isWhiteout(path)) {
      files.await();
      shape.remove(path);
    }
    try {
      create(entry, path, file, reader, files);
    } catch (FileAlreadyExistsException e) {
      // A tar may name a path twice: the later entry counts.
      files.await();
      shape.remove(path);
      create(entry, path, file, reader, files);
    } catch (LinuxException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
      files.await();
      shape.remove(path);
      create(entry, path, file, reader, files);
    }
  }

  private void create(TarEntry entry, String path, Path file, TarReader reader, FileWriting files)
      throws IOException {
    switch (entry.type()) {
      case FILE -> files.write(entry, file, reader);
      case DIRECTORY -> {
        Files.createDirectory(file);
        shape.addDirectory(path, entry);
      }
      case SYMLINK -> {
        Files.createSymbolicLink(file, NativeNames.text(entry.linkTarget()));
        shape.addSymlink(path, entry.linkTarget());
        Attributes.apply(entry, file);
      }
      case HARD_LINK -> throw new IllegalArgumentException("made by link()");
      case CHARACTER_DEVICE -> {
        if (entry.deviceMajor() == 0 && entry.deviceMinor() == 0) {
          // There is no such device: it is an overlay's whiteout that was put into a tar.
          whiteOut(path);
        } else {
          Devices.makeCharacterDevice(file, 0600, entry.deviceMajor(), entry.deviceMinor());
          Attributes.apply(entry, file);
        }
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

  /**
   * A hard link to a file of this layer, or a copy of a file of a layer below. It is made beside
   * the layer first: what it replaces may hold the very file.
   */
  private void link(TarEntry entry, String path, Path file) throws IOException {
    String linked = entry.linkTarget();
    Path made = target.resolveSibling("link");
    if (isMade(linked)) {
      if (shape.isDirectory(linked)) {
        throw corrupt(entry, "hard link to a directory, " + linked);
      }
      if (path.equals(linked)) {
        return;
      }
      Files.createLink(made, NativeNames.resolve(target, linked));
    } else {
      LowerLayers.Found found = shape.isHidden(linked) ? null : below.find(linked).orElse(null);
      if (found == null) {
        if (waiting.contains(entry)) {
          throw corrupt(entry, "hard link to " + linked + ", which is not there");
        }
        waiting.add(entry);
        return;
      }
      if (found.status().isDirectory()) {
        throw corrupt(entry, "hard link to a directory, " + linked);
      }
      if (path.equals(linked)) {
        return;
      }
      LowerCopy.copy(found, made);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      shape.remove(path);
    }
    Files.move(made, file);
    if (Files.isSymbolicLink(file)) {
      // The target's text is only looked at if later entries lead through it.
      shape.addSymlink(path, Files.readSymbolicLink(file).toString());
    }
  }

  private boolean isMade(String path) {
    return shape.isDirectory(parent(path))
        && !shape.isWhiteout(path)
        && Files.exists(NativeNames.resolve(target, path), LinkOption.NOFOLLOW_LINKS);
  }

  private static CooperException corrupt(TarEntry entry, String what) {
    return new CooperException.Corrupt("layer entry " + entry.path() + ": " + what);
  }

  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String join(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
