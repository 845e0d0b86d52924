package dev.cooper.disk;

import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a file system to be written holds. A node is one inode: the same node under two names is a
 * hard link.
 *
 * <p>Two nodes are equal only when they are the same object.
 */
public sealed interface Node {
  Attributes attributes();

  /** A directory and its entries, in the order of the names' bytes. */
  final class Directory implements Node {
    private final NavigableMap<byte[], Node> entries = new TreeMap<>(Arrays::compareUnsigned);
    private Attributes attributes;

    public Directory(Attributes attributes) {
      this.attributes = attributes;
    }

    @Override
    public Attributes attributes() {
      return attributes;
    }

    /** Gives the directory another mode, owner, time or other extended attributes. */
    public void change(Attributes attributes) {
      this.attributes = attributes;
    }

    /** The entries; changes to the directory show in it. */
    public NavigableMap<byte[], Node> entries() {
      return Collections.unmodifiableNavigableMap(entries);
    }

    /** The entry of that name, or null. */
    public @Nullable Node entry(byte[] name) {
      return entries.get(name);
    }

    /** Adds an entry, or puts it in the place of the one that has its name. */
    public void put(byte[] name, Node node) {
      entries.put(name, node);
    }

    /** Takes an entry away, and all below it; does nothing where there is none. */
    public void remove(byte[] name) {
      entries.remove(name);
    }
  }

  /**
   * A regular file.
   *
   * @param size in bytes
   */
  record RegularFile(Attributes attributes, long size, Content content) implements Node {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A symbolic link; the target's bytes are neither empty nor hold a NUL. */
  record SymbolicLink(Attributes attributes, byte[] target) implements Node {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A character or block device, a FIFO or a socket; the numbers are 0 for the last two. */
  record Special(Attributes attributes, Kind kind, int major, int minor) implements Node {
    /** What a special file is. */
    public enum Kind {
      CHARACTER_DEVICE,
      BLOCK_DEVICE,
      FIFO,
      SOCKET
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Where a file's bytes are. */
  sealed interface Content {
    /** In a layer of the image that the tree was made from. */
    record Stored(FileNode file) implements Content {}

    /** Wherever {@code source} opens them, from the first; it may be asked more than once. */
    record Given(Source source) implements Content {}
  }

  /** Opens a file's bytes. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * What every node carries.
   *
   * @param mode the twelve permission bits
   * @param uid 0 to 2^32 - 1
   * @param gid 0 to 2^32 - 1
   * @param seconds when it was modified, since 1970, negative before
   * @param nanoseconds 0 to 999,999,999, counted forward from {@code seconds}
   * @param extended extended attributes by their full name, such as {@code security.capability}, in
   *     the form in which the kernel's getxattr gives them
   */
  record Attributes(
      int mode, long uid, long gid, long seconds, int nanoseconds, Map<String, byte[]> extended) {
    public Attributes {
      if ((mode & ~07777) != 0 || uid >>> 32 != 0 || gid >>> 32 != 0) {
        throw new IllegalArgumentException("mode " + mode + ", uid " + uid + ", gid " + gid);
      }
      if (nanoseconds < 0 || nanoseconds > 999_999_999) {
        throw new IllegalArgumentException("nanoseconds " + nanoseconds);
      }
    }

    /** Root's, with that mode, of that second. */
    public static Attributes ofRoot(int mode, long seconds) {
      return new Attributes(mode, 0, 0, seconds, 0, Map.of());
    }
  }
}
