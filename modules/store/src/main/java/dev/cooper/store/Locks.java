package dev.cooper.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Named locks that hold between threads of this process and between processes, and that vanish with
 * their process however it ends.
 *
 * <p>All names live in one file: a name is the byte at an offset derived from the name's SHA-256,
 * so that no lock file ever has to be created, or (the hard part) deleted while others may be
 * waiting for it. A lock is not reentrant: a thread that takes the same exclusive lock twice waits
 * for ever.
 *
 * <p>Two names are independent; a caller that holds several takes them in one agreed order. The
 * order used in this module is: lease, then a layer's lock, then the index.
 */
public final class Locks {
  /** A lock that is held. Closing it twice does nothing. */
  public interface Held extends Closeable {
    @Override
    void close();
  }

  /**
   * Tables by the file's identity. The kernel forgets a process's record locks on a file as soon as
   * the process closes <em>any</em> descriptor of it, and treats all threads as one owner; hence
   * one table and one descriptor for each file in a process, whoever opens the store.
   */
  private static final Map<Object, Table> TABLES = new HashMap<>();

  private final Table table;

  private Locks(Table table) {
    this.table = table;
  }

  /** The locks in {@code file}, which is created when absent; its directory must exist. */
  static Locks in(Path file) throws IOException {
    synchronized (TABLES) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // Made by an earlier command: the usual case.
      }
      Object identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      Object key = identity == null ? file.toRealPath() : identity;
      Table table = TABLES.get(key);
      if (table == null) {
        table =
            new Table(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        TABLES.put(key, table);
      }
      return new Locks(table);
    }
  }

  /** Waits until nobody holds {@code name}, then holds it alone. */
  public Held exclusive(String name) {
    return table.await(name, false);
  }

  /** Waits until nobody holds {@code name} exclusively, then holds it beside other sharers. */
  public Held shared(String name) {
    return table.await(name, true);
  }

  /** Holds {@code name} alone, or answers empty at once when anybody holds it. */
  public Optional<Held> tryExclusive(String name) {
    return table.attempt(name, false);
  }

  /** Holds {@code name} beside others, or answers empty at once when it is held exclusively. */
  public Optional<Held> tryShared(String name) {
    return table.attempt(name, true);
  }

  /** Who holds one name in this process: one writer, or a number of readers. */
  private static final class Holders {
    private final FileLock fileLock;
    private final boolean shared;
    private int count = 1;

    Holders(FileLock fileLock, boolean shared) {
      this.fileLock = fileLock;
      this.shared = shared;
    }
  }

  private static final class Table {
    private static final long FIRST_PAUSE_NANOS = 200_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final FileChannel channel;
    private final ReentrantLock monitor = new ReentrantLock();
    private final Condition released = monitor.newCondition();
    private final Map<Long, Holders> held = new HashMap<>();

    Table(FileChannel channel) {
      this.channel = channel;
    }

    /**
     * Asks again and again rather than waiting in the kernel: a blocking request would make the
     * kernel see a deadlock (EDEADLK) where two processes merely wait for each other's other
     * threads, could not be interrupted without losing the channel, and would occupy a carrier.
     */
    Held await(String name, boolean shared) {
      long pause = FIRST_PAUSE_NANOS;
      boolean interrupted = false;
      try {
        while (true) {
          Optional<Held> got = attempt(name, shared);
          if (got.isPresent()) {
            return got.get();
          }
          monitor.lock();
          try {
            // A release in this process wakes us at once; one in another process is found by
            // looking.
            if (released.awaitNanos(pause) <= 0) {
              pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            }
          } catch (InterruptedException e) {
            interrupted = true;
          } finally {
            monitor.unlock();
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    Optional<Held> attempt(String name, boolean shared) {
      long position = position(name);
      monitor.lock();
      try {
        Holders holders = held.get(position);
        if (holders == null) {
          FileLock lock = channel.tryLock(position, 1, shared);
          if (lock == null) {
            return Optional.empty();
          }
          held.put(position, new Holders(lock, shared));
        } else if (shared && holders.shared) {
          holders.count++;
        } else {
          return Optional.empty();
        }
        return Optional.of(new Release(this, position));
      } catch (OverlappingFileLockException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot lock " + name + " in the store", e);
      } finally {
        monitor.unlock();
      }
    }

    void release(long position) {
      monitor.lock();
      try {
        Holders holders = held.get(position);
        if (holders != null && --holders.count == 0) {
          held.remove(position);
          holders.fileLock.release();
        }
        released.signalAll();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot unlock the store", e);
      } finally {
        monitor.unlock();
      }
    }

    /** The byte that stands for a name: 62 bits of its hash, so that two names never meet. */
    private static long position(String name) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        long position = 0;
        for (int i = 0; i < Long.BYTES; i++) {
          position = position << 8 | (hash[i] & 0xff);
        }
        return position >>> 2;
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java has SHA-256", e);
      }
    }
  }

  private static final class Release implements Held {
    private final Table table;
    private final long position;
    private boolean closed;

    Release(Table table, long position) {
      this.table = table;
      this.position = position;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        table.release(position);
      }
    }
  }
}
