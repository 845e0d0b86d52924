package dev.cooper.linux;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a signal from ending this process in the middle of some work: from its making until {@link
 * #close} the process that is to end waits some seconds for the work, which may be interrupted
 * first, so that it cleans up after itself.
 */
public final class DelayedExit implements AutoCloseable {
  /** What it takes to end a build or to remove a large file, generously. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final @Nullable Thread worker;
  private final long patience;
  private final Thread hook;
  private boolean over;

  private DelayedExit(@Nullable Thread worker, long patience) {
    this.worker = worker;
    this.patience = patience;
    // Named, since a number for an unnamed thread takes a class that is not in the AOT cache.
    this.hook = new Thread(null, this::await, "delayed exit");
  }

  /**
   * A signal interrupts this thread first. If the process is ending already, the thread is
   * interrupted at once.
   */
  public static DelayedExit interruptingThisThread() {
    Thread worker = Thread.currentThread();
    DelayedExit exit = new DelayedExit(worker, PATIENCE_MILLIS);
    if (!exit.register()) {
      worker.interrupt();
    }
    return exit;
  }

  /**
   * Nothing is interrupted: for what follows the work that is.
   *
   * @param margin milliseconds that are waited longer than for work that is interrupted
   */
  public static DelayedExit waiting(long margin) {
    DelayedExit exit = new DelayedExit(null, PATIENCE_MILLIS + margin);
    boolean unused = exit.register();
    return exit;
  }

  /** Returns false if the process is ending already. */
  private boolean register() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private synchronized void await() {
    if (over) {
      return;
    }
    if (worker != null) {
      worker.interrupt();
    }
    long end = System.currentTimeMillis() + patience;
    try {
      for (long left = patience; !over && left > 0; left = end - System.currentTimeMillis()) {
        wait(left);
      }
    } catch (InterruptedException e) {
      // Nothing interrupts a hook; then so be it.
    }
  }

  /** The work has ended, and left nothing behind. A second call does nothing. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      notifyAll();
    }
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is what waited for this.
    }
  }
}
