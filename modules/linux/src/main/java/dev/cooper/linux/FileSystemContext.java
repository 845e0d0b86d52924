package dev.cooper.linux;

import java.io.Closeable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file system being configured, option by option (fsopen(2)), free of mount(2)'s limit of one
 * page and of its commas. Needs Linux 5.2. Closing it without {@link #mount} leaves nothing.
 */
public final class FileSystemContext implements Closeable {
  private static final int FSOPEN_CLOEXEC = 1;
  private static final int FSMOUNT_CLOEXEC = 1;
  private static final int SET_FLAG = 0;
  private static final int SET_STRING = 1;
  private static final int CREATE = 6;
  private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;

  private final FileHandle context;
  private final String type;

  private FileSystemContext(FileHandle context, String type) {
    this.context = context;
    this.type = type;
  }

  /** Begins a file system of this type, such as {@code overlay}. */
  public static FileSystemContext open(String type) throws LinuxException {
    try (Frame frame = Frame.open()) {
      int number =
          frame.call(type, Libc.SYSCALL, Libc.SYS_FSOPEN, frame.string(type), FSOPEN_CLOEXEC);
      return new FileSystemContext(new FileHandle(number, type), type);
    }
  }

  /** Sets an option that has a value. */
  public void set(String option, String value) throws LinuxException {
    configure(SET_STRING, option, value, null);
  }

  /** Sets an option whose value is a path. */
  public void set(String option, Path value) throws LinuxException {
    configure(SET_STRING, option, null, value);
  }

  /** Sets an option that has no value. */
  public void set(String option) throws LinuxException {
    configure(SET_FLAG, option, null, null);
  }

  /** Creates the file system and mounts it at {@code target}. */
  public void mount(Path target) throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(type, Libc.SYSCALL, Libc.SYS_FSCONFIG, context.number(), CREATE, 0, 0, 0);
      int number =
          frame.call(target, Libc.SYSCALL, Libc.SYS_FSMOUNT, context.number(), FSMOUNT_CLOEXEC, 0);
      try (FileHandle mount = new FileHandle(number, type)) {
        frame.call(
            target,
            Libc.SYSCALL,
            Libc.SYS_MOVE_MOUNT,
            mount.number(),
            frame.string(""),
            Libc.AT_FDCWD,
            frame.path(target),
            MOVE_MOUNT_F_EMPTY_PATH);
      }
    }
  }

  private void configure(int command, String option, @Nullable String text, @Nullable Path path)
      throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(
          path != null ? path : type + " " + option,
          Libc.SYSCALL,
          Libc.SYS_FSCONFIG,
          context.number(),
          command,
          frame.string(option),
          path != null ? frame.path(path) : frame.string(text),
          0);
    }
  }

  /** Gives the context up. */
  @Override
  public void close() {
    context.close();
  }
}
