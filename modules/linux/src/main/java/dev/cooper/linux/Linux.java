package dev.cooper.linux;

/** Whether this package can work here, and how to have it ready in time. */
public final class Linux {
  private Linux() {}

  /** Whether the running system is Linux; elsewhere every call of this package fails. */
  public static boolean available() {
    return Libc.LINUX;
  }

  /**
   * Links the system calls now, on the calling thread. Nothing depends on it: it moves some 30 ms
   * of a cold start to a thread that has time for it. Does nothing the second time or elsewhere.
   */
  public static void prepare() {
    if (!Libc.LINUX) {
      return;
    }
    try (Frame frame = Frame.open()) {
      long _ = frame.raw(Libc.GETPID, 0, 0, 0, 0, 0, 0, 0);
    } catch (LinuxException e) {
      // Whoever needs a call meets the same failure, with something to report it to.
    }
  }

  /** {@link #prepare()} on a thread of its own; returns at once. */
  public static void prepareInBackground() {
    if (Libc.LINUX) {
      Thread.ofPlatform().daemon().name("linux-prepare").start(Linux::prepare);
    }
  }
}
