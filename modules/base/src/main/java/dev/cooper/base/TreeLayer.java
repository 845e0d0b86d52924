package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.linux.DirectoryListing;
import dev.cooper.linux.Errno;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Linux;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Xattrs;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes a directory of this machine into a layer as it is: names of any bytes, owners, devices,
 * links, names of the same file, file capabilities. Sorted, so that the same directory gives the
 * same layer. The directory's own attributes are not the image's root's.
 */
final class TreeLayer {
  private static final int MOST_REPLACED = 16 << 20;

  private final Path root;
  private final Selection selection;
  private final IdMapping ids;
  private final Instant latest;
  private final boolean skipsUnreadable;
  private final Consumer<LeftOut> leftOut;
  private final Map<List<Long>, String> written = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /**
   * @param latest no file gets a later time
   * @param skipsUnreadable whether what may not be read is left out, rather than a failure
   * @param leftOut told of everything that is not in the layer, or not as it was
   */
  TreeLayer(
      Path root,
      Selection selection,
      IdMapping ids,
      Instant latest,
      boolean skipsUnreadable,
      Consumer<LeftOut> leftOut) {
    this.root = root;
    this.selection = selection;
    this.ids = ids;
    this.latest = latest;
    this.skipsUnreadable = skipsUnreadable;
    this.leftOut = leftOut;
  }

  /**
   * @throws CooperException.NotFound when there is no such directory
   */
  static Path requireDirectory(Path directory) throws IOException {
    if (!Linux.available()) {
      throw new CooperException.Failed(
          "reading a directory with its owners and devices needs Linux",
          "make a tar of it, and use cooper base from-tar");
    }
    if (directory.toString().isEmpty()) {
      throw new CooperException.InvalidInput("a path is empty");
    }
    try {
      if (FileStatus.following(directory).isDirectory()) {
        return directory.toRealPath();
      }
    } catch (LinuxException e) {
      throw new CooperException.NotFound(directory + ": no such directory", null, e);
    }
    throw new CooperException.NotFound(directory + " is not a directory");
  }

  Layer writeTo(BlobSink sink) throws IOException {
    written.clear();
    told.clear();
    try (LayerWriter writer = LayerWriter.to(sink)) {
      byte[] path = PathBytes.encode(root.toString());
      children(writer, path, "");
      return writer.finish();
    }
  }

  private void children(LayerWriter writer, byte[] directory, String name) throws IOException {
    List<DirectoryListing.Entry> entries;
    try {
      entries = new java.util.ArrayList<>(DirectoryListing.read(directory));
    } catch (LinuxException e) {
      unreadable(name, e);
      return;
    }
    entries.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
    for (DirectoryListing.Entry entry : entries) {
      String child = PathBytes.decode(entry.name());
      add(
          writer,
          join(directory, entry.name()),
          name.isEmpty() ? child : name + "/" + child,
          entry.status());
    }
  }

  private void add(LayerWriter writer, byte[] path, String name, FileStatus status)
      throws IOException {
    Selection.Decision decision = selection.decide(name, status);
    boolean nothing =
        decision.kind() == Selection.Kind.EMPTY && status.isDirectory() && isEmpty(path);
    if (!decision.subject().isEmpty() && !nothing && told.add(decision.subject())) {
      leftOut.accept(new LeftOut("/" + decision.subject(), decision.why(), decision.remains(name)));
    }
    if (decision.kind() == Selection.Kind.LEAVE_OUT) {
      return;
    }
    String unfit = unfit(name, status);
    if (!unfit.isEmpty()) {
      leftOut.accept(new LeftOut("/" + name, unfit, LeftOut.Remains.NOTHING));
      return;
    }
    List<Long> identity = List.of(status.device(), status.inode());
    if (!status.isDirectory() && status.links() > 1 && written.containsKey(identity)) {
      writer.add(
          describe(name, EntryType.HARD_LINK, path, status, 0, written.get(identity))
              .withXattrs(Map.of()));
      return;
    }
    if (status.isDirectory()) {
      writer.add(describe(name, EntryType.DIRECTORY, path, status, 0, ""));
      if (decision.kind() != Selection.Kind.EMPTY) {
        children(writer, path, name);
      }
      return;
    }
    if (status.isRegular()) {
      if (!file(writer, path, name, status, decision.kind() == Selection.Kind.REPLACE)) {
        return;
      }
    } else if (status.isLink()) {
      String target = PathBytes.decode(FileHandle.readLink(path));
      writer.add(describe(name, EntryType.SYMLINK, path, status, 0, target));
    } else {
      EntryType type =
          status.isFifo()
              ? EntryType.FIFO
              : status.isCharacterDevice() ? EntryType.CHARACTER_DEVICE : EntryType.BLOCK_DEVICE;
      writer.add(describe(name, type, path, status, 0, ""));
    }
    if (status.links() > 1) {
      written.put(identity, name);
    }
  }

  /** Whether there is nothing in a directory that could be left out. */
  private static boolean isEmpty(byte[] directory) throws IOException {
    try {
      return DirectoryListing.read(directory).isEmpty();
    } catch (LinuxException e) {
      return false;
    }
  }

  /** Why a layer cannot hold this; empty when it can. */
  private static String unfit(String name, FileStatus status) {
    if (status.isSocket()) {
      return "a socket";
    }
    if (status.isCharacterDevice() && status.deviceMajor() == 0 && status.deviceMinor() == 0) {
      return "a mark of an overlay, not a file";
    }
    return name.startsWith(".wh.", name.lastIndexOf('/') + 1)
        ? "its name, .wh.…, means a removal in a layer"
        : "";
  }

  /** Answers whether the file is in the layer. */
  private boolean file(
      LayerWriter writer, byte[] path, String name, FileStatus status, boolean replaced)
      throws IOException {
    FileHandle handle;
    try {
      handle = FileHandle.open(path, FileHandle.Access.READ);
    } catch (LinuxException e) {
      unreadable(name, e);
      return false;
    }
    try (handle;
        InputStream content = new BufferedInputStream(handle.input(), 1 << 16)) {
      if (replaced) {
        byte[] instead = selection.replacement(name, content.readNBytes(MOST_REPLACED));
        writer.add(
            describe(name, EntryType.FILE, path, status, instead.length, ""),
            new ByteArrayInputStream(instead));
      } else {
        // The size of this moment: the file may have grown since its folder was read.
        long size = handle.status().size();
        TarEntry entry = describe(name, EntryType.FILE, path, status, size, "");
        if (skipsUnreadable) {
          FullLength full = new FullLength(content, size);
          writer.add(entry, full);
          if (full.isPadded()) {
            leftOut.accept(
                new LeftOut(
                    "/" + name,
                    "became shorter while it was read; ends in zeros",
                    LeftOut.Remains.FILE));
          }
        } else {
          writer.add(entry, content);
        }
      }
      return true;
    }
  }

  private void unreadable(String name, LinuxException e) throws IOException {
    if (e.is(Errno.ENOENT)) {
      return; // Gone since its folder was read.
    }
    if (!skipsUnreadable || !e.is(Errno.EACCES)) {
      throw new CooperException.Failed(
          "/" + name + " of " + root + " cannot be read: " + e.getMessage(),
          "run as root, or leave it out with --exclude",
          e);
    }
    leftOut.accept(
        new LeftOut("/" + name, "may not be read by this user", LeftOut.Remains.NOTHING));
  }

  private TarEntry describe(
      String name, EntryType type, byte[] path, FileStatus status, long size, String target)
      throws IOException {
    Instant modified = Instant.ofEpochSecond(status.modified().getEpochSecond());
    return new TarEntry(
        name,
        type,
        status.permissions(),
        ids.user(Integer.toUnsignedLong(status.uid()), name),
        ids.group(Integer.toUnsignedLong(status.gid()), name),
        "",
        "",
        size,
        modified.isAfter(latest) ? latest : modified,
        target,
        status.deviceMajor(),
        status.deviceMinor(),
        xattrs(path, type));
  }

  /** File capabilities and users' own attributes; those of the overlay and of this machine stay. */
  private static Map<String, byte[]> xattrs(byte[] path, EntryType type) throws IOException {
    if (type != EntryType.FILE && type != EntryType.DIRECTORY) {
      return Map.of();
    }
    List<String> names = Xattrs.list(path);
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<String, byte[]> found = new TreeMap<>();
    for (String name : names) {
      if (name.equals("security.capability")
          || name.startsWith("user.") && !name.startsWith("user.overlay.")) {
        Xattrs.get(path, name).ifPresent(value -> found.put(name, value));
      }
    }
    return found;
  }

  private static byte[] join(byte[] directory, byte[] name) {
    boolean slash = directory.length > 0 && directory[directory.length - 1] == '/';
    byte[] joined = Arrays.copyOf(directory, directory.length + (slash ? 0 : 1) + name.length);
    if (!slash) {
      joined[directory.length] = '/';
    }
    System.arraycopy(name, 0, joined, joined.length - name.length, name.length);
    return joined;
  }
}
