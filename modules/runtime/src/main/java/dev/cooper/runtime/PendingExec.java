package dev.cooper.runtime;

import dev.cooper.linux.FileHandle;
import java.io.Closeable;
import java.io.IOException;

/** A process about to begin in a running container, already attached to. */
public final class PendingExec implements Closeable {
  private final Monitor monitor;
  private final Attachment attachment;
  private final FileHandle go;
  private final FileHandle sync;
  private boolean started;

  PendingExec(Monitor monitor, Attachment attachment, FileHandle go, FileHandle sync) {
    this.monitor = monitor;
    this.attachment = attachment;
    this.go = go;
    this.sync = sync;
  }

  /** Its input and output. */
  public Attachment attachment() {
    return attachment;
  }

  /** Its monitor. */
  public Monitor monitor() {
    return monitor;
  }

  /**
   * Lets it begin. Once only.
   *
   * @throws RuntimeFailure if it could not be executed
   */
  public void start() throws IOException {
    started = true;
    go.write(new byte[1], 0, 1);
    go.close();
    try (sync) {
      monitor.identify(Conmon.pid("exec", sync, ""));
    }
  }

  /** Detaches; a process not yet started never will be. */
  @Override
  public void close() {
    if (!started) {
      // conmon takes a closed pipe for the word to begin.
      monitor.killPending();
    }
    go.close();
    sync.close();
    attachment.close();
  }
}
