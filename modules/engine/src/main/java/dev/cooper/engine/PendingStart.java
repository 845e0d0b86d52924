package dev.cooper.engine;

import dev.cooper.runtime.Attachment;
import dev.cooper.runtime.Monitor;
import dev.cooper.runtime.OciRuntime;
import dev.cooper.runtime.RuntimeFailure;
import dev.cooper.store.Locks;
import java.io.Closeable;
import java.io.IOException;

/**
 * A container whose program is about to begin. Attach first, and nothing it writes is missed.
 * Closed without a start, everything is taken down again.
 */
public final class PendingStart implements Closeable {
  private final Container container;
  private final Monitor monitor;
  private final OciRuntime runtime;
  private final Starting starting;
  private final Locks.Held lock;
  private boolean done;

  PendingStart(
      Container container,
      Monitor monitor,
      OciRuntime runtime,
      Starting starting,
      Locks.Held lock) {
    this.container = container;
    this.monitor = monitor;
    this.runtime = runtime;
    this.starting = starting;
    this.lock = lock;
  }

  public Container container() {
    return container;
  }

  /** Joins its input and output; the caller closes it. */
  public Attachment attach() throws IOException {
    return monitor.attach();
  }

  /** The process that is about to begin, to resize its terminal and wait for it. */
  public Monitor monitor() {
    return monitor;
  }

  /**
   * Lets the program begin. Once only.
   *
   * @throws dev.cooper.runtime.RuntimeFailure if it cannot be executed
   */
  public void start() throws IOException {
    try {
      runtime.start(container.id());
      done = true;
    } catch (RuntimeFailure e) {
      done = true;
      starting.abandon(container, e);
      throw starting.explained(container, e);
    } finally {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (!done) {
        done = true;
        starting.abandon(container, new IOException("the start was given up"));
      }
    } finally {
      lock.close();
    }
  }
}
