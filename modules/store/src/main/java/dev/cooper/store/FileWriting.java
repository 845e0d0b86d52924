package dev.cooper.store;

import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes the contents and attributes of regular files. Small files are filled by a second thread
 * while the first goes on reading, unpacking and verifying the tar; whether a file could be made is
 * known at once, its content is there after {@link #await} or {@link #close}.
 */
final class FileWriting implements Closeable {
  private static final int CHUNK = 128 << 10;
  private static final int BLOCK = 4096;

  /** The files, each of at most a chunk, that may wait to be filled. */
  private static final int WAITING = 64;

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /** A small file, open and empty. */
  private record Task(@Nullable FileChannel channel, TarEntry entry, Path file, byte[] content) {}

  private static final Task END = new Task(null, TarEntry.directory(""), Path.of(""), new byte[0]);

  private final byte[] chunk = new byte[CHUNK];
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(WAITING);
  private @Nullable Thread filler;
  private volatile @Nullable IOException failure;

  /** Makes the file, which must not exist, and fills it from the reader's current entry. */
  void write(TarEntry entry, Path file, TarReader reader) throws IOException {
    FileChannel channel = FileChannel.open(file, NEW);
    if (entry.size() <= CHUNK) {
      byte[] content;
      try {
        content = reader.content().readNBytes((int) entry.size());
        acquire(1);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      if (filler == null) {
        filler = Thread.ofPlatform().daemon().name("unpack").start(this::fill);
      }
      tasks.add(new Task(channel, entry, file, content));
      return;
    }
    try (channel) {
      writeLarge(channel, reader);
    }
    Attributes.apply(entry, file);
  }

  private void fill() {
    for (Task task = take(); task.channel() != null; task = take()) {
      try (FileChannel channel = task.channel()) {
        if (failure == null) {
          ByteBuffer content = ByteBuffer.wrap(task.content());
          while (content.hasRemaining()) {
            channel.write(content);
          }
        }
      } catch (IOException e) {
        failure = e;
      }
      try {
        if (failure == null) {
          Attributes.apply(task.entry(), task.file());
        }
      } catch (IOException e) {
        failure = e;
      } finally {
        room.release();
      }
    }
  }

  private Task take() {
    while (true) {
      try {
        return tasks.take();
      } catch (InterruptedException e) {
        // Only the end of the queue ends this thread.
      }
    }
  }

  private void writeLarge(FileChannel channel, TarReader reader) throws IOException {
    InputStream content = reader.content();
    boolean sparse = reader.sparse() != null;
    long written = 0;
    for (int count; (count = content.readNBytes(chunk, 0, CHUNK)) > 0; ) {
      if (sparse) {
        writeBlocks(channel, count, written);
      } else {
        write(channel, 0, count, written);
      }
      written += count;
    }
    if (sparse && channel.size() < written) {
      // A hole at the end: its last byte gives the file its size.
      channel.write(ByteBuffer.wrap(new byte[1]), written - 1);
    }
  }

  /** Leaves out blocks of zeros, which then take no space. */
  private void writeBlocks(FileChannel channel, int count, long position) throws IOException {
    for (int start = 0; start < count; start += BLOCK) {
      int length = Math.min(BLOCK, count - start);
      if (!isZero(start, length)) {
        write(channel, start, length, position + start);
      }
    }
  }

  private boolean isZero(int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (chunk[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void write(FileChannel channel, int start, int length, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(chunk, start, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position() - start);
    }
  }

  /** Waits until all files begun are there. */
  void await() throws IOException {
    acquire(WAITING);
    room.release(WAITING);
  }

  private void acquire(int permits) throws IOException {
    try {
      room.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a layer was unpacked");
    }
    IOException failed = failure;
    if (failed != null) {
      room.release(permits);
      throw failed;
    }
  }

  /** As {@link #await}; nothing can be written after that. */
  @Override
  public void close() throws IOException {
    Thread running = filler;
    if (running == null) {
      return;
    }
    filler = null;
    tasks.add(END);
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
