package dev.cooper.builder.context;

import dev.cooper.linux.FileHandle;
import dev.cooper.linux.NativeBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A file's bytes through large buffers that are used again for the next file. */
final class HandleStream extends InputStream {
  private static final int SIZE = 256 * 1024;
  private static final ConcurrentLinkedQueue<NativeBuffer> IDLE = new ConcurrentLinkedQueue<>();

  private final FileHandle handle;
  private @Nullable NativeBuffer buffer;
  private int position;
  private int limit;

  HandleStream(FileHandle handle) {
    this.handle = handle;
    NativeBuffer idle = IDLE.poll();
    buffer = idle == null ? NativeBuffer.ofSize(SIZE) : idle;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    NativeBuffer from = buffer;
    if (from == null) {
      throw new IOException("the file is closed");
    }
    if (length == 0) {
      return 0;
    }
    if (position == limit) {
      limit = handle.read(from);
      position = 0;
      if (limit < 0) {
        limit = 0;
        return -1;
      }
    }
    int count = Math.min(length, limit - position);
    from.bytes().get(position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() {
    NativeBuffer used = buffer;
    if (used != null) {
      buffer = null;
      IDLE.add(used);
      handle.close();
    }
  }
}
