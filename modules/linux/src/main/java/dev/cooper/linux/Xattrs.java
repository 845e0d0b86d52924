package dev.cooper.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Extended attributes (xattr(7)), of links themselves rather than of what they lead to. */
public final class Xattrs {
  private static final Libc.Function GET = new Libc.Function("lgetxattr");
  private static final Libc.Function SET = new Libc.Function("lsetxattr");
  private static final Libc.Function LIST = new Libc.Function("llistxattr");
  private static final Libc.Function REMOVE = new Libc.Function("lremovexattr");

  /** The kernel's limit for one value and for the list of names. */
  private static final int LIMIT = 65536;

  private static final int FIRST_TRY = 1024;

  private Xattrs() {}

  /** The value of {@code name}, which includes its name space ("user.x"); empty if not set. */
  public static Optional<byte[]> get(Path path, String name) throws LinuxException {
    try (Frame frame = Frame.open()) {
      return Optional.of(read(frame, path, GET, frame.path(path), frame.string(name)));
    } catch (LinuxException e) {
      if (e.is(Errno.ENODATA) || e.is(Errno.EOPNOTSUPP)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** As {@link #get(Path, String)}, by the path's bytes. */
  public static Optional<byte[]> get(byte[] path, String name) throws LinuxException {
    try (Frame frame = Frame.open()) {
      String subject = new String(path, StandardCharsets.UTF_8);
      return Optional.of(read(frame, subject, GET, frame.bytes(path), frame.string(name)));
    } catch (LinuxException e) {
      if (e.is(Errno.ENODATA) || e.is(Errno.EOPNOTSUPP)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Sets {@code name}, replacing a value it had. */
  public static void set(Path path, String name, byte[] value) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(
          path, SET, frame.path(path), frame.string(name), frame.bytes(value), value.length, 0);
    }
  }

  /** The names set, in the kernel's order; none where the file system has no attributes. */
  public static List<String> list(Path path) throws LinuxException {
    try (Frame frame = Frame.open()) {
      return list(frame, path, frame.path(path));
    }
  }

  /** As {@link #list(Path)}, by the path's bytes. */
  public static List<String> list(byte[] path) throws LinuxException {
    try (Frame frame = Frame.open()) {
      return list(frame, new String(path, StandardCharsets.UTF_8), frame.bytes(path));
    }
  }

  private static List<String> list(Frame frame, Object subject, long path) throws LinuxException {
    byte[] names;
    try {
      names = read(frame, subject, LIST, path, 0);
    } catch (LinuxException e) {
      if (e.is(Errno.EOPNOTSUPP)) {
        return List.of();
      }
      throw e;
    }
    List<String> list = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < names.length; i++) {
      if (names[i] == 0) {
        list.add(new String(names, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return list;
  }

  /** Removes {@code name}; does nothing if it was not set. */
  public static void remove(Path path, String name) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(path, REMOVE, frame.path(path), frame.string(name));
    } catch (LinuxException e) {
      if (!e.is(Errno.ENODATA)) {
        throw e;
      }
    }
  }

  private static byte[] read(
      Frame frame, Object subject, Libc.Function function, long path, long name)
      throws LinuxException {
    for (int size = FIRST_TRY; ; size = LIMIT) {
      Frame.Block block = frame.block(size);
      try {
        long length =
            name == 0
                ? frame.longCall(subject, function, path, block.address(), size)
                : frame.longCall(subject, function, path, name, block.address(), size);
        byte[] value = new byte[(int) length];
        block.buffer().get(0, value);
        return value;
      } catch (LinuxException e) {
        if (!e.is(Errno.ERANGE) || size == LIMIT) {
          throw e;
        }
      }
    }
  }
}
