package dev.cooper.linux;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An open file descriptor of this process, closed on exec. It may be read by one thread and written
 * by another at once; {@link #close} while a call is in progress is the caller's mistake.
 */
public final class FileHandle implements Closeable {
  private static final Libc.Function OPEN = new Libc.Function("open");
  private static final Libc.Function READ = new Libc.Function("read");
  private static final Libc.Function WRITE = new Libc.Function("write");
  private static final Libc.Function CLOSE = new Libc.Function("close");
  private static final Libc.Function SYNCFS = new Libc.Function("syncfs");
  private static final Libc.Function PIPE2 = new Libc.Function("pipe2");
  private static final Libc.Function READLINK = new Libc.Function("readlink");
  private static final Libc.Function POLL = new Libc.Function("poll");
  private static final short POLLIN = 1;
  private static final int O_CLOEXEC = 02000000;
  private static final int CHUNK = 8 * 1024;

  private final int number;
  private final String name;
  private boolean closed;

  FileHandle(int number, String name) {
    this.number = number;
    this.name = name;
  }

  /** How {@link #open(Path, Access)} opens. */
  public enum Access {
    READ(0),
    WRITE(1),
    READ_WRITE(2),
    /** Writing that fails with ENXIO rather than waits when nobody reads a named pipe. */
    WRITE_NO_WAIT(1 | 04000),
    /** Reading that does not wait for a named pipe to be opened by a writer. */
    READ_NO_WAIT(04000),
    /** No reading or writing: only to name the file (O_PATH). */
    NAME_ONLY(010000000);

    private final int flags;

    Access(int flags) {
      this.flags = flags;
    }

    int flags() {
      return flags | O_CLOEXEC;
    }
  }

  /** Opens an existing file; a named pipe as open(2) says, waiting for its other end. */
  public static FileHandle open(Path path, Access access) throws LinuxException {
    try (Frame frame = Frame.open()) {
      int number = frame.call(path, OPEN, frame.path(path), access.flags(), 0);
      return new FileHandle(number, path.toString());
    }
  }

  /** As {@link #open(Path, Access)}, by the path's bytes; a link at its end is not followed. */
  public static FileHandle open(byte[] path, Access access) throws LinuxException {
    String subject = new String(path, java.nio.charset.StandardCharsets.UTF_8);
    try (Frame frame = Frame.open()) {
      int number =
          frame.call(subject, OPEN, frame.bytes(path), access.flags() | Libc.O_NOFOLLOW, 0);
      return new FileHandle(number, subject);
    }
  }

  /** The target of the symbolic link at {@code path}, as bytes. */
  public static byte[] readLink(byte[] path) throws LinuxException {
    String subject = new String(path, java.nio.charset.StandardCharsets.UTF_8);
    try (Frame frame = Frame.open()) {
      Frame.Block target = frame.block(4096);
      int length =
          (int) frame.longCall(subject, READLINK, frame.bytes(path), target.address(), 4096);
      byte[] bytes = new byte[length];
      target.buffer().get(0, bytes);
      return bytes;
    }
  }

  /** A new pipe: the end to read, the end to write. */
  public record Pipe(FileHandle reader, FileHandle writer) implements Closeable {
    /** Makes one. */
    public static Pipe create() throws LinuxException {
      try (Frame frame = Frame.open()) {
        Frame.Block ends = frame.block(8);
        frame.call(null, PIPE2, ends.address(), O_CLOEXEC);
        return new Pipe(
            new FileHandle(ends.buffer().getInt(0), "pipe"),
            new FileHandle(ends.buffer().getInt(4), "pipe"));
      }
    }

    /** Closes both ends. */
    @Override
    public void close() {
      reader.close();
      writer.close();
    }
  }

  /** The descriptor's number. */
  public int number() {
    return number;
  }

  /** A path that leads to the very file, for Java's own file calls; void once closed. */
  public Path path() {
    return Path.of("/proc/self/fd/" + number);
  }

  /** Where the file is now, by name. */
  public Path location() throws java.io.IOException {
    return Files.readSymbolicLink(path());
  }

  /** What kind of file it is, and whose. */
  public FileStatus status() throws LinuxException {
    return FileStatus.ofDescriptor(number, name);
  }

  /**
   * Reads up to {@code length} bytes; waits for the first.
   *
   * @return how many; -1 at the end
   */
  public int read(byte[] bytes, int offset, int length) throws LinuxException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    try (Frame frame = Frame.open()) {
      int size = Math.min(length, CHUNK);
      Frame.Block block = frame.block(size);
      int read = (int) frame.longCall(name, READ, number, block.address(), size);
      block.buffer().get(0, bytes, offset, read);
      return read == 0 ? -1 : read;
    }
  }

  /**
   * Reads into the buffer from its beginning, up to its capacity; waits for the first byte.
   *
   * @return how many; -1 at the end
   */
  public int read(NativeBuffer buffer) throws LinuxException {
    try (Frame frame = Frame.open()) {
      int size = buffer.bytes().capacity();
      int read = (int) frame.longCall(name, READ, number, buffer.address(), size);
      return read == 0 ? -1 : read;
    }
  }

  /**
   * Waits until there is something to read.
   *
   * @return false if there was nothing within {@code milliseconds}, or the other end closed with
   *     nothing left
   */
  public boolean awaitReadable(int milliseconds) throws LinuxException {
    try (Frame frame = Frame.open()) {
      Frame.Block poll = frame.block(8);
      poll.buffer().putInt(0, number);
      poll.buffer().putShort(4, POLLIN);
      frame.call(name, POLL, poll.address(), 1, milliseconds);
      return (poll.buffer().getShort(6) & POLLIN) != 0;
    }
  }

  /** Writes all of it, however many calls that takes. */
  public void write(byte[] bytes, int offset, int length) throws LinuxException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    try (Frame frame = Frame.open()) {
      Frame.Block block = frame.block(Math.min(length, CHUNK));
      for (int done = 0; done < length; ) {
        int size = Math.min(length - done, CHUNK);
        block.buffer().put(0, bytes, offset + done, size);
        done += (int) frame.longCall(name, WRITE, number, block.address(), size);
      }
    }
  }

  /** Reads it as a stream; closing the stream closes this. */
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws LinuxException {
        byte[] one = new byte[1];
        return FileHandle.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws LinuxException {
        return FileHandle.this.read(bytes, offset, length);
      }

      @Override
      public void close() {
        FileHandle.this.close();
      }
    };
  }

  /** Writes it as a stream, unbuffered; closing the stream closes this. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws LinuxException {
        FileHandle.this.write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws LinuxException {
        FileHandle.this.write(bytes, offset, length);
      }

      @Override
      public void close() {
        FileHandle.this.close();
      }
    };
  }

  /** Waits until all that was written to the file's file system, by anybody, is on the disk. */
  public void flushFileSystem() throws LinuxException {
    try (Frame frame = Frame.open()) {
      frame.call(name, SYNCFS, number);
    }
  }

  /** Gives the descriptor back; does nothing the second time. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    close(number);
  }

  static void close(int number) {
    try (Frame frame = Frame.open()) {
      // Linux has released the descriptor whatever close returns.
      long _ = frame.raw(CLOSE, number, 0, 0, 0, 0, 0, 0);
    } catch (LinuxException e) {
      throw new IllegalStateException(e);
    }
  }
}
