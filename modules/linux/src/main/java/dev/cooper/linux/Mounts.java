package dev.cooper.linux;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** mount(2) and umount2(2), in the mount namespace of the calling process. */
public final class Mounts {
  private static final Libc.Function MOUNT = new Libc.Function("mount");
  private static final Libc.Function UMOUNT2 = new Libc.Function("umount2");
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;

  private Mounts() {}

  /**
   * Mounts {@code source} at {@code target}, as mount(2).
   *
   * @param type the file system's type; null for bind, move and propagation changes
   * @param data the file system's own options, comma-separated, under one page; null for none
   * @throws LinuxException as the kernel says; a mount that fails changes nothing
   */
  public static void mount(
      @Nullable String source,
      Path target,
      @Nullable String type,
      Set<MountFlag> flags,
      @Nullable String data)
      throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(
          target,
          MOUNT,
          frame.string(source),
          frame.path(target),
          frame.string(type),
          MountFlag.bits(flags),
          frame.string(data));
    }
  }

  /** Makes what is at {@code source} (a file or a directory) appear at {@code target} too. */
  public static void bind(Path source, Path target) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(
          target,
          MOUNT,
          frame.path(source),
          frame.path(target),
          0,
          MountFlag.bits(Set.of(MountFlag.BIND)));
    }
  }

  /**
   * Unmounts the top mount at {@code target}, not following a link there.
   *
   * @throws LinuxException EBUSY if something uses it, EINVAL if nothing is mounted there
   */
  public static void unmount(Path target) throws LinuxException {
    unmount(target, UMOUNT_NOFOLLOW);
  }

  /** Takes the mount at {@code target} and those under it out of sight now; ends them when idle. */
  public static void detach(Path target) throws LinuxException {
    unmount(target, UMOUNT_NOFOLLOW | MNT_DETACH);
  }

  private static void unmount(Path target, int flags) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(target, UMOUNT2, frame.path(target), flags);
    }
  }
}
