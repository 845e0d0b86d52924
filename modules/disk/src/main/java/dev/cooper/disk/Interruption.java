package dev.cooper.disk;

/**
 * Makes sure that work which a signal to this process cuts short cleans up after itself: the thread
 * that works is interrupted, and the process waits some seconds for it before it ends.
 */
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;

  private final Thread worker;
  private final Thread hook;
  private boolean over;

  private Interruption(Thread worker) {
    this.worker = worker;
    this.hook = new Thread(null, this::interruptAndWait, "end the work on a disk");
  }

  /** From now until {@link #close} a signal that ends the process interrupts this thread first. */
  public static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    try {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the work begins interrupted.
      Thread.currentThread().interrupt();
    }
    return interruption;
  }

  private synchronized void interruptAndWait() {
    if (over) {
      return;
    }
    worker.interrupt();
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    try {
      for (long left = PATIENCE_MILLIS;
          !over && left > 0;
          left = end - System.currentTimeMillis()) {
        wait(left);
      }
    } catch (InterruptedException e) {
      // Nothing interrupts a hook; then so be it.
    }
  }

  /** The work has ended, and left nothing behind. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      notifyAll();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is what waited for this.
    }
  }
}
