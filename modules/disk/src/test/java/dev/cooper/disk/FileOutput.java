package dev.cooper.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A sparse file as the output of a test. */
public record FileOutput(FileChannel channel) implements BlockOutput, AutoCloseable {
  public static FileOutput create(Path file, long size) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
    return new FileOutput(channel);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    long at = offset;
    while (data.hasRemaining()) {
      at += channel.write(data, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
