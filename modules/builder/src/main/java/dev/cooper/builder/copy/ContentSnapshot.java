package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a selection were like when they were last read: their status and the digest of
 * their contents. While the status stands, nobody opens the file again.
 *
 * <p>A file that changed a moment before it was read could change once more within the same tick of
 * the file system's clock, and its status would not show it. Such a file is kept with a status that
 * no file has, and is read again next time (as Git does with what it calls racy entries).
 */
final class ContentSnapshot {
  private static final int MAGIC = 0x43534e32;
  private static final int HASH = 32;
  private static final int HEADER = 4 + HASH + 4 + 4;

  /** The kernel's clock tick, generously. */
  private static final long TICK_NANOS = 50_000_000;

  /** Clock step of file systems that keep no fractions of a second. */
  private static final long COARSE_NANOS = 2_100_000_000L;

  private final byte[] states;
  private final byte[] hashes;
  private final Digest key;

  private ContentSnapshot(byte[] states, byte[] hashes, Digest key) {
    this.states = states;
    this.hashes = hashes;
    this.key = key;
  }

  /** The key of the selection that the snapshot is of. */
  Digest key() {
    return key;
  }

  /** Whether these states are the very ones of the snapshot. */
  boolean matches(byte[] others) {
    return Arrays.equals(states, others);
  }

  /** The states of files as bytes: equal bytes, unchanged files. */
  static byte[] states(Iterable<SourceFile> files) {
    ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    for (SourceFile file : files) {
      byte[] path = PathBytes.encode(file.path());
      if (buffer.remaining() < path.length + STATE + 2) {
        int larger = Math.max(buffer.capacity() * 2, buffer.position() + path.length + STATE + 2);
        buffer = ByteBuffer.allocate(larger).put(buffer.flip());
      }
      putPath(buffer, path);
      putState(buffer, file, false);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Length of a state without its path. */
  private static final int STATE = 1 + 2 + 8 + 8 + 4 + 8 + 4 + 8 + 8;

  /** Where in a state the inode is. */
  private static final int INODE = STATE - 8 - 8;

  private static void putPath(ByteBuffer buffer, byte[] path) {
    buffer.putShort((short) path.length).put(path);
  }

  private static void putState(ByteBuffer buffer, SourceFile file, boolean racy) {
    Instant modified = file.modified();
    Instant changed = file.changed();
    buffer
        .put(code(file.type()))
        .putShort((short) file.mode())
        .putLong(file.size())
        .putLong(modified.getEpochSecond())
        .putInt(modified.getNano())
        .putLong(changed.getEpochSecond())
        .putInt(racy ? -1 : changed.getNano())
        .putLong(file.inode())
        .putLong(file.device());
  }

  private static byte code(EntryType type) {
    return (byte)
        switch (type) {
          case FILE -> 'f';
          case DIRECTORY -> 'd';
          case SYMLINK -> 'l';
          case HARD_LINK -> 'h';
          case CHARACTER_DEVICE -> 'c';
          case BLOCK_DEVICE -> 'b';
          case FIFO -> 'p';
        };
  }

  /** The states and hashes by path, to be asked file by file. */
  Map<String, byte[]> byPath() {
    Map<String, byte[]> entries = new HashMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(states);
    for (int i = 0; buffer.hasRemaining(); i++) {
      int length = Short.toUnsignedInt(buffer.getShort());
      String path = PathBytes.decode(states, buffer.position(), length);
      buffer.position(buffer.position() + length);
      byte[] entry = new byte[STATE + HASH];
      buffer.get(entry, 0, STATE);
      System.arraycopy(hashes, i * HASH, entry, STATE, HASH);
      entries.put(path, entry);
    }
    return entries;
  }

  /** The hash that an entry of {@link #byPath} holds, if the file is still as it was. */
  static byte @Nullable [] hashIfUnchanged(byte @Nullable [] entry, SourceFile file) {
    if (entry == null) {
      return null;
    }
    ByteBuffer state = ByteBuffer.allocate(STATE);
    putState(state, file, false);
    return Arrays.equals(entry, 0, STATE, state.array(), 0, STATE)
        ? Arrays.copyOfRange(entry, STATE, STATE + HASH)
        : null;
  }

  /**
   * What differs between a selection as it was, by path, and as it is. A directory is told only
   * where nothing in it is.
   */
  static List<FileChange> changes(
      Map<String, byte[]> before, Iterable<SourceFile> now, ContentKey.Contents contents) {
    Map<String, FileChange> changes = new TreeMap<>();
    Set<String> gone = new HashSet<>(before.keySet());
    for (SourceFile file : now) {
      gone.remove(file.path());
      byte[] entry = before.get(file.path());
      FileChange change =
          entry == null
              ? FileChange.of(file.path(), FileChange.Kind.ADDED)
              : change(ByteBuffer.wrap(entry), file, contents);
      if (change != null) {
        changes.put(file.path(), change);
      }
    }
    for (String path : gone) {
      changes.put(path, FileChange.of(path, FileChange.Kind.REMOVED));
    }
    List<FileChange> told = new ArrayList<>();
    List<FileChange> sorted = List.copyOf(changes.values());
    for (int i = 0; i < sorted.size(); i++) {
      String inside = sorted.get(i).path() + "/";
      boolean implied = i + 1 < sorted.size() && sorted.get(i + 1).path().startsWith(inside);
      if (!implied && !sorted.get(i).path().isEmpty()) {
        told.add(sorted.get(i));
      }
    }
    return told;
  }

  private static @Nullable FileChange change(
      ByteBuffer entry, SourceFile file, ContentKey.Contents contents) {
    byte type = entry.get();
    int mode = Short.toUnsignedInt(entry.getShort());
    long size = entry.getLong();
    boolean changed = type != code(file.type());
    if (!changed && file.isRegular()) {
      byte[] hash = new byte[HASH];
      entry.get(STATE, hash);
      changed = !Arrays.equals(hash, contents.of(file));
    } else if (!changed && file.isLink()) {
      entry.position(INODE);
      changed = size != file.size() || entry.getLong() != file.inode();
    }
    if (changed) {
      return FileChange.of(file.path(), FileChange.Kind.CHANGED);
    }
    return mode == (file.mode() & 0xffff)
        ? null
        : new FileChange(file.path(), FileChange.Kind.MODE, mode, file.mode());
  }

  /** The snapshot in a file; null if there is none, or it is damaged. */
  static @Nullable ContentSnapshot load(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      CRC32 check = new CRC32();
      check.update(bytes, 0, Math.max(0, bytes.length - Integer.BYTES));
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      if (bytes.length < HEADER
          || buffer.getInt() != MAGIC
          || buffer.getInt(bytes.length - Integer.BYTES) != (int) check.getValue()) {
        return null;
      }
      byte[] hash = new byte[HASH];
      buffer.get(hash);
      byte[] states = new byte[buffer.getInt()];
      byte[] hashes = new byte[buffer.getInt()];
      buffer.get(states).get(hashes);
      return new ContentSnapshot(states, hashes, Digest.ofSha256(hash));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      return null;
    }
  }

  /**
   * The bytes that {@link #load} reads.
   *
   * @param read when reading the files' contents began
   */
  static byte[] save(
      Iterable<SourceFile> files, ContentKey.Contents contents, Digest key, Instant read) {
    byte[] states = states(files);
    int count = 0;
    ByteBuffer racy = ByteBuffer.wrap(states);
    for (SourceFile file : files) {
      racy.position(racy.position() + 2 + Short.toUnsignedInt(racy.getShort(racy.position())));
      if (isRacy(file, read)) {
        putState(racy, file, true);
      } else {
        racy.position(racy.position() + STATE);
      }
      count++;
    }
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + states.length + count * HASH + Integer.BYTES);
    buffer.putInt(MAGIC).put(HexFormat.of().parseHex(key.hex()));
    buffer.putInt(states.length).putInt(count * HASH).put(states);
    byte[] none = new byte[HASH];
    for (SourceFile file : files) {
      buffer.put(file.isRegular() ? contents.of(file) : none);
    }
    CRC32 check = new CRC32();
    check.update(buffer.array(), 0, buffer.position());
    buffer.putInt((int) check.getValue());
    return buffer.array();
  }

  private static boolean isRacy(SourceFile file, Instant read) {
    return file.isRegular() && isRacy(file.changed(), read);
  }

  private static boolean isRacy(Instant time, Instant read) {
    long granularity =
        time.truncatedTo(ChronoUnit.SECONDS).equals(time) ? COARSE_NANOS : TICK_NANOS;
    return time.isAfter(read.minusNanos(granularity));
  }
}
