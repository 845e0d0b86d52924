package dev.cooper.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Paths inside a directory that somebody else filled, such as a container's root: links and {@code
 * ..} are resolved by the kernel as if that directory were the root (openat2(2), RESOLVE_IN_ROOT),
 * so that no path leads out, even while the directory is being changed. Needs Linux 5.6.
 */
public final class SafePath {
  private static final long RESOLVE_NO_MAGICLINKS = 2;
  private static final long RESOLVE_IN_ROOT = 0x10;
  private static final int ATTEMPTS = 100;

  private SafePath() {}

  /**
   * Opens what {@code inside} leads to, as seen from {@code root}.
   *
   * @param inside absolute or not, it starts at {@code root}; empty is the root itself
   * @throws LinuxException ENOENT if there is nothing, ELOOP for links in a circle
   */
  public static FileHandle open(Path root, String inside, FileHandle.Access access)
      throws LinuxException {
    return open(root, inside.getBytes(StandardCharsets.UTF_8), inside, access);
  }

  /**
   * Where {@code inside} leads to at this moment, as a path of the host without links. Its last
   * component must exist. For reading and writing {@link #open} is safer: this name may lead
   * elsewhere by the time it is used, if the container is running.
   */
  public static Path resolve(Path root, String inside) throws IOException {
    try (FileHandle handle = open(root, inside, FileHandle.Access.NAME_ONLY)) {
      return handle.location();
    }
  }

  /**
   * The first bytes of the file that {@code inside} leads to.
   *
   * @param limit at most so many; a longer file is cut there
   */
  public static byte[] read(Path root, String inside, int limit) throws LinuxException {
    try (FileHandle handle = open(root, inside, FileHandle.Access.READ)) {
      byte[] bytes = new byte[(int) Math.min(limit, Math.max(handle.status().size(), 4096))];
      int length = 0;
      while (length < limit) {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * bytes.length));
        }
        int read = handle.read(bytes, length, bytes.length - length);
        if (read < 0) {
          break;
        }
        length += read;
      }
      return Arrays.copyOf(bytes, length);
    }
  }

  private static FileHandle open(Path root, byte[] inside, String subject, FileHandle.Access access)
      throws LinuxException {
    try (FileHandle directory = FileHandle.open(root, FileHandle.Access.NAME_ONLY);
        Frame frame = Frame.open()) {
      Frame.Block how = frame.block(24);
      how.buffer().putLong(0, access.flags());
      how.buffer().putLong(16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
      long path = inside.length == 0 ? frame.string(".") : frame.bytes(inside);
      for (int attempt = 1; ; attempt++) {
        try {
          int number =
              frame.call(
                  subject,
                  Libc.SYSCALL,
                  Libc.SYS_OPENAT2,
                  directory.number(),
                  path,
                  how.address(),
                  24);
          return new FileHandle(number, subject);
        } catch (LinuxException e) {
          // "Could not rule out that a rename raced with .. in the path: try again."
          if (!e.is(Errno.EAGAIN) || attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    }
  }
}
