package dev.cooper.disk.format;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A disk byte by byte in a file, what is never written left out as a hole. */
final class RawFile implements DiskFile {
  private final RandomAccessFile file;
  private final FileChannel channel;

  RawFile(RandomAccessFile file, long size) throws IOException {
    this.file = file;
    this.channel = file.getChannel();
    file.setLength(size);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    long at = offset;
    while (data.hasRemaining()) {
      int written = channel.write(data, at);
      if (written == 0) {
        throw new CooperException.Failed("the file takes no more bytes");
      }
      at += written;
    }
  }

  @Override
  public void finish() {}

  @Override
  public void close() throws IOException {
    file.close();
  }
}
