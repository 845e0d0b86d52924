package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads files one after the other on a thread of its own, ahead of whoever makes a layer of them,
 * and computes their digests on the way.
 */
final class ReadAhead implements Closeable {
  private final SourceTree tree;
  private final List<SourceFile> files;
  private final @Nullable Map<String, byte[]> hashes;
  private final ChunkPipe pipe = new ChunkPipe();
  private final InputStream contents = pipe.input();
  private final Thread reader;

  /**
   * Begins to read.
   *
   * @param files in the order in which they are wanted
   * @param hashes gets each file's SHA-256 by its path, unless it is there already; complete when
   *     all contents have been read. Null if nobody wants them
   */
  ReadAhead(SourceTree tree, List<SourceFile> files, @Nullable Map<String, byte[]> hashes) {
    this.tree = tree;
    this.files = files;
    this.hashes = hashes;
    this.reader = Thread.ofPlatform().name("read files to copy").start(this::readAll);
  }

  /**
   * All contents one after the other: of each file as many bytes as its size says. Reading fails
   * where a file could not be read, or was shorter.
   */
  InputStream contents() {
    return contents;
  }

  /** Waits until every file was read, and its digest is known. */
  void finish() throws IOException {
    contents.transferTo(java.io.OutputStream.nullOutputStream());
    join();
  }

  /** Stops reading. */
  @Override
  public void close() {
    pipe.abandon();
    join();
  }

  private void join() {
    boolean interrupted = false;
    while (true) {
      try {
        reader.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAll() {
    try {
      MessageDigest digest = hashes == null ? null : Digest.newSha256();
      for (SourceFile file : files) {
        boolean known = hashes != null && hashes.containsKey(file.path());
        read(file, known ? null : digest);
      }
      pipe.finish();
    } catch (IOException e) {
      pipe.fail(e);
    } catch (RuntimeException e) {
      pipe.fail(new IOException(e.getMessage(), e));
    }
  }

  private void read(SourceFile file, @Nullable MessageDigest digest) throws IOException {
    long left = file.size();
    try (InputStream in = tree.open(file)) {
      while (left > 0) {
        int space = (int) Math.min(pipe.space(), left);
        int start = pipe.start();
        int count = in.read(pipe.bytes(), start, space);
        if (count < 0) {
          throw new IOException(
              tree.describe(file.path())
                  + " became shorter while it was copied: run the build again");
        }
        if (digest != null) {
          digest.update(pipe.bytes(), start, count);
        }
        pipe.filled(count);
        left -= count;
      }
    }
    if (digest != null && hashes != null) {
      hashes.put(file.path(), digest.digest());
    }
  }
}
