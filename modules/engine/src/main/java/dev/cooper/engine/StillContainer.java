package dev.cooper.engine;

import dev.cooper.image.Image;
import dev.cooper.linux.FileStatus;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A container whose files nobody changes until this is closed. */
public final class StillContainer implements Closeable {
  private final Starting starting;
  private final Container container;
  private final Closeable release;

  /**
   * @param release lets the container go on
   */
  StillContainer(Starting starting, Container container, Closeable release) {
    this.starting = starting;
    this.container = container;
    this.release = release;
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
    return starting.image(container);
  }

  /** What it changed, as an overlay's upper directory. */
  public Path changes() throws IOException {
    return starting.changes(container);
  }

  /** The image's root directory. */
  public FileStatus rootBefore() throws IOException {
    return starting.imageRoot(container);
  }

  @Override
  public void close() throws IOException {
    release.close();
  }
}
