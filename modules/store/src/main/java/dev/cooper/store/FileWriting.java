package dev.cooper.store;

import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Writes the contents and attributes of regular files. */
final class FileWriting implements Closeable {
  private static final int CHUNK = 128 << 10;
  private static final int BLOCK = 4096;
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final byte[] chunk = new byte[CHUNK];

  /** Makes the file, which must not exist, and fills it from the reader's current entry. */
  void write(TarEntry entry, Path file, TarReader reader) throws IOException {
    try (FileChannel channel = FileChannel.open(file, NEW)) {
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
      if (sparse && written > 0 && channel.size() < written) {
        // A hole at the end: its last byte gives the file its size.
        channel.write(ByteBuffer.wrap(new byte[1]), written - 1);
      }
    }
    Attributes.apply(entry, file);
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
  void await() {}

  @Override
  public void close() {}
}
