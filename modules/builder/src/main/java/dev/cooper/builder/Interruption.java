package dev.cooper.builder;

/**
 * Makes sure that a build which is cut short by a signal to this process cleans up: the thread that
 * builds is interrupted, and the process waits for it to end the build before it ends itself.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;

  private final Thread builder;
  private final Thread hook;
  private boolean over;

  private Interruption(Thread builder) {
    this.builder = builder;
    this.hook = Thread.ofPlatform().name("end the build").unstarted(this::interruptAndWait);
  }

  static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    try {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the build begins interrupted.
      Thread.currentThread().interrupt();
    }
    return interruption;
  }

  private synchronized void interruptAndWait() {
    if (over) {
      return;
    }
    builder.interrupt();
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    try {
      while (!over && System.currentTimeMillis() < end) {
        wait(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      // Nothing interrupts a hook; then so be it.
    }
  }

  /** The build has ended, and left nothing. */
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
