package dev.cooper.linux;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A system call that failed: which one, on what, and the kernel's reason. */
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1;

  private final String call;
  private final int number;
  private final @Nullable String path;

  /**
   * A failure of {@code call}.
   *
   * @param call the system call's name, such as {@code mount}
   * @param number the kernel's error number, positive
   * @param path what the call was made on; null if it was not made on a path
   */
  public LinuxException(String call, int number, @Nullable String path) {
    super(call + (path == null ? "" : " " + path) + ": " + words(number));
    this.call = call;
    this.number = number;
    this.path = path;
  }

  LinuxException(String call, Errno errno, @Nullable String path) {
    this(call, errno.number(), path);
  }

  /** The system call's name. */
  public String call() {
    return call;
  }

  /** The kernel's error number. */
  public int number() {
    return number;
  }

  /** What the call was made on; null if it was not made on a path. */
  public @Nullable String path() {
    return path;
  }

  /** Whether the kernel's reason was {@code errno}. */
  public boolean is(Errno errno) {
    return number == errno.number();
  }

  /** The error's symbolic name, such as {@code EPERM}, or {@code errno 77} if it has none here. */
  public String errnoName() {
    return Errno.of(number).map(Enum::name).orElse("errno " + number);
  }

  private static String words(int number) {
    return Errno.of(number).map(Errno::words).orElse("errno " + number);
  }
}
