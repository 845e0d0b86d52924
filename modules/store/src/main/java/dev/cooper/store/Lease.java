package dev.cooper.store;

import dev.cooper.image.CooperException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A promise that nothing is collected: held while a command uses blobs or layers that no name, no
 * container and no cache entry holds yet, from before it looks for them until after it has named
 * them. Any number of leases may be held at once, by any number of processes; a process that dies
 * loses its leases.
 *
 * <p>A lease also gives places to work in. They are removed when it is closed and, should the
 * process die, by the next {@link Store#collect}.
 */
public final class Lease implements Closeable {
  private final Locks.Held lock;
  private final Path temporary;
  private final List<Path> directories = new ArrayList<>();
  private boolean closed;

  Lease(Locks.Held lock, Path temporary) {
    this.lock = lock;
    this.temporary = temporary;
  }

  /**
   * A new, empty directory on the store's file system, open to its owner only; what is made in it
   * may be renamed into the store. Whoever mounts something inside unmounts it before the lease is
   * closed.
   */
  public synchronized Path newDirectory() throws IOException {
    if (closed) {
      throw new IllegalStateException("the lease is closed");
    }
    while (true) {
      Path directory = TemporaryNames.in(temporary);
      try {
        Files.createDirectory(directory, OwnerOnly.directory());
        directories.add(directory);
        return directory;
      } catch (FileAlreadyExistsException e) {
        // Another process chose the same name: choose again.
      }
    }
  }

  /** Ends the promise and removes the lease's directories. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      for (Path directory : directories) {
        TreeRemoval.remove(directory);
      }
    } catch (IOException e) {
      throw new CooperException.Failed(
          "cannot remove temporary files in " + temporary + ": " + e.getMessage(), null, e);
    } finally {
      lock.close();
    }
  }
}
