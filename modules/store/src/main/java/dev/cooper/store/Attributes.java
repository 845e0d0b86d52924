package dev.cooper.store;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.linux.Errno;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Ownership;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Gives a file its owner, attributes, mode and time, in the order in which they survive. */
final class Attributes {
  private Attributes() {}

  /** All that the entry says of the file at {@code path}, which is of the entry's type. */
  static void apply(TarEntry entry, Path path) throws IOException {
    Ownership.change(path, (int) entry.uid(), (int) entry.gid());
    for (Map.Entry<String, byte[]> xattr : entry.xattrs().entrySet()) {
      set(path, xattr.getKey(), xattr.getValue());
    }
    if (entry.type() != EntryType.SYMLINK) {
      Ownership.setMode(path, entry.mode());
    }
    Ownership.setModified(path, entry.modified());
  }

  /** All that is known of one regular file, given to another. */
  static void copy(Path from, FileStatus status, Path to) throws IOException {
    Ownership.change(to, status.uid(), status.gid());
    for (String name : Xattrs.list(from)) {
      if (!OverlayMarks.isOverlayAttribute(name)) {
        byte[] value = Xattrs.get(from, name).orElse(null);
        if (value != null) {
          set(to, name, value);
        }
      }
    }
    Ownership.setMode(to, status.permissions());
    Ownership.setModified(to, status.modified());
  }

  /**
   * Attributes that this file system or this user cannot set are left out, as every unpacker of
   * layers does: a file without its label is of more use than no file.
   */
  private static void set(Path path, String name, byte[] value) throws LinuxException {
    if (OverlayMarks.isOverlayAttribute(name)) {
      return;
    }
    try {
      Xattrs.set(path, name, value);
    } catch (LinuxException e) {
      if (!e.is(Errno.EOPNOTSUPP) && !e.is(Errno.EPERM)) {
        throw e;
      }
    }
  }
}
