package dev.cooper.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** Processes by their number. */
public final class Processes {
  private static final Libc.Function KILL = new Libc.Function("kill");
  private static final Libc.Function POLL = new Libc.Function("poll");
  private static final short POLLIN = 1;

  private Processes() {}

  /**
   * Sends a signal.
   *
   * @throws LinuxException ESRCH if there is no such process
   */
  public static void kill(int pid, int signal) throws LinuxException {
    if (pid <= 0) {
      throw new IllegalArgumentException("process " + pid);
    }
    try (Frame frame = Frame.open()) {
      frame.call("process " + pid, KILL, pid, signal);
    }
  }

  /** Whether the process is there and not merely waiting to be collected by its parent. */
  public static boolean isAlive(int pid) {
    String stat = stat(pid);
    return !stat.isEmpty() && stat.charAt(0) != 'Z' && stat.charAt(0) != 'X';
  }

  /**
   * When the process started, in the kernel's ticks since the machine did: with the number it tells
   * a process from a later one of the same number. Empty if there is no such process.
   */
  public static OptionalLong startTime(int pid) {
    String[] fields = stat(pid).split(" ", -1);
    return fields.length < 20 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[19]));
  }

  /**
   * Waits until the process, any process, has ended. Blocks a kernel thread.
   *
   * @return false if it was still there after {@code limit}
   */
  public static boolean awaitExit(int pid, Duration limit) throws LinuxException {
    try (Frame frame = Frame.open()) {
      int number;
      try {
        number = frame.call("process " + pid, Libc.SYSCALL, Libc.SYS_PIDFD_OPEN, pid, 0);
      } catch (LinuxException e) {
        if (e.is(Errno.ESRCH)) {
          return true;
        }
        throw e;
      }
      try (FileHandle process = new FileHandle(number, "process " + pid)) {
        Frame.Block poll = frame.block(8);
        poll.buffer().putInt(0, process.number());
        poll.buffer().putShort(4, POLLIN);
        long milliseconds = Math.min(Integer.MAX_VALUE, limit.toMillis());
        return frame.call("process " + pid, POLL, poll.address(), 1, milliseconds) != 0;
      }
    }
  }

  /** /proc/PID/stat from its third field, the state, on; empty if there is no such process. */
  private static String stat(int pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The second field is the program's name in parentheses, which may hold anything.
      return stat.substring(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return "";
    }
  }
}
