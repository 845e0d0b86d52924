package dev.cooper.engine;

import dev.cooper.image.Image;
import dev.cooper.linux.FileStatus;
import dev.cooper.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A container that no command changes until this is closed: it is neither started nor stopped nor
 * removed meanwhile. If it was paused for it, it goes on afterwards, also when a signal ends this
 * process before.
 */
public final class StillContainer implements Closeable {
  private final Starting starting;
  private final ContainerImages images;
  private final Container container;
  private final Locks.Held lock;
  private final Closeable release;
  private final Thread ending = new Thread(null, this::closeQuietly, "end of stillness");
  private boolean closed;

  /**
   * @param lock the container's
   * @param release lets the container go on
   */
  StillContainer(
      Starting starting,
      ContainerImages images,
      Container container,
      Locks.Held lock,
      Closeable release) {
    this.starting = starting;
    this.images = images;
    this.container = container;
    this.lock = lock;
    this.release = release;
    Runtime.getRuntime().addShutdownHook(ending);
  }

  public Container container() {
    return container;
  }

  /**
   * What it was made from.
   *
   * @throws dev.cooper.image.CooperException.NotFound if that is gone
   */
  public Image image() throws IOException {
    return images.of(container);
  }

  /** What it changed, as an overlay's upper directory. */
  public Path changes() throws IOException {
    return starting.changes(container);
  }

  /** The image's root directory. */
  public FileStatus rootBefore() throws IOException {
    return starting.imageRoot(container);
  }

  private void closeQuietly() {
    try {
      release();
    } catch (IOException | RuntimeException e) {
      // Nobody is left to be told.
    }
  }

  private synchronized void release() throws IOException {
    if (!closed) {
      closed = true;
      lock.close();
      release.close();
    }
  }

  /** Lets it go on; a second call does nothing. */
  @Override
  public void close() throws IOException {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // Shutting down: the hook finds that there is nothing to do.
    }
  }
}
