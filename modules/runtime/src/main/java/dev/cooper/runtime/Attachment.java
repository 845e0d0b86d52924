package dev.cooper.runtime;

import dev.cooper.linux.Errno;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.SeqpacketSocket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A connection to a container's (or exec's) input and output, through its monitor. Output written
 * before it was made is not seen again: attach before starting. Closing it is detaching: the
 * container goes on.
 */
public final class Attachment implements Closeable {
  private static final int PACKET = 32 * 1024;
  private static final int WRITE = 8 * 1024;
  private static final byte STANDARD_OUTPUT = 2;
  private static final byte STANDARD_ERROR = 3;

  private final SeqpacketSocket socket;
  private final byte[] packet = new byte[PACKET];

  private Attachment(SeqpacketSocket socket) {
    this.socket = socket;
  }

  static Attachment connect(Path socket) throws IOException {
    return new Attachment(SeqpacketSocket.connect(socket));
  }

  /** Takes what was read. */
  public interface Sink {
    /** Takes {@code length} bytes of {@code bytes} from {@code offset}; they are reused later. */
    void accept(OutputKind kind, byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Waits for output and hands it on. For one thread at a time.
   *
   * @return false at the end: the process has ended, or this was closed
   */
  public boolean read(Sink sink) throws IOException {
    int length = socket.read(packet);
    if (length < 0) {
      return false;
    }
    if (length > 1 && packet[0] == STANDARD_OUTPUT) {
      sink.accept(OutputKind.STANDARD_OUTPUT, packet, 1, length - 1);
    } else if (length > 1 && packet[0] == STANDARD_ERROR) {
      sink.accept(OutputKind.STANDARD_ERROR, packet, 1, length - 1);
    }
    return true;
  }

  /**
   * Gives the process input. Waits while it does not read. Input to a process that takes none, or
   * has ended, is dropped.
   */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      for (int done = 0; done < length; ) {
        int size = Math.min(WRITE, length - done);
        socket.write(bytes, offset + done, size);
        done += size;
      }
    } catch (LinuxException e) {
      if (!e.is(Errno.EPIPE) && !e.is(Errno.ECONNRESET)) {
        throw e;
      }
    }
  }

  /** Ends the input; output is still read. Again: does nothing. */
  public void closeInput() {
    socket.shutdownWrite();
  }

  /** Detaches; wakes a reader. Again: does nothing. */
  @Override
  public void close() {
    socket.close();
  }
}
