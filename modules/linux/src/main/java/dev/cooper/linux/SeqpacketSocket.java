package dev.cooper.linux;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A connected unix socket that keeps the borders of its packets (SOCK_SEQPACKET), which Java's own
 * channels cannot open. One thread may read while others write, and any thread may close it.
 */
public final class SeqpacketSocket implements Closeable {
  private static final Libc.Function SOCKET = new Libc.Function("socket");
  private static final Libc.Function CONNECT = new Libc.Function("connect");
  private static final Libc.Function RECV = new Libc.Function("recv");
  private static final Libc.Function SEND = new Libc.Function("send");
  private static final Libc.Function SHUTDOWN = new Libc.Function("shutdown");
  private static final int AF_UNIX = 1;
  private static final int SOCK_SEQPACKET_CLOEXEC = 5 | 02000000;
  private static final int SHUT_WR = 1;
  private static final int SHUT_RDWR = 2;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int ADDRESS_BYTES = 110;

  private final int number;
  private final String name;
  private int users;
  private boolean closing;

  private SeqpacketSocket(int number, String name) {
    this.number = number;
    this.name = name;
  }

  /**
   * Connects to the socket at {@code path}, of any length.
   *
   * @throws LinuxException ENOENT if it is not there, ECONNREFUSED if nobody listens
   */
  public static SeqpacketSocket connect(Path path) throws LinuxException {
    Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a socket's name");
    try (FileHandle parent = FileHandle.open(directory, FileHandle.Access.NAME_ONLY);
        Frame frame = Frame.open()) {
      // An address holds 107 bytes, so the socket is named through its directory's descriptor.
      byte[] address = NativePath.bytes(parent.path().resolve(path.getFileName()));
      if (address.length > ADDRESS_BYTES - 3) {
        throw new LinuxException("connect", Errno.ENAMETOOLONG, path.toString());
      }
      Frame.Block block = frame.block(ADDRESS_BYTES);
      block.buffer().putShort(0, (short) AF_UNIX);
      block.buffer().put(2, address);
      int number = frame.call(path, SOCKET, AF_UNIX, SOCK_SEQPACKET_CLOEXEC, 0);
      try {
        frame.call(path, CONNECT, number, block.address(), ADDRESS_BYTES);
      } catch (LinuxException e) {
        FileHandle.close(number);
        throw e;
      }
      return new SeqpacketSocket(number, path.toString());
    }
  }

  /**
   * Waits for the next packet and copies it into {@code packet}, cutting what does not fit.
   *
   * @return its length; -1 when the other side has closed or this socket was closed meanwhile
   */
  public int read(byte[] packet) throws LinuxException {
    if (!enter()) {
      return -1;
    }
    try (Frame frame = Frame.open()) {
      Frame.Block block = frame.block(packet.length);
      int length = (int) frame.longCall(name, RECV, number, block.address(), packet.length, 0);
      block.buffer().get(0, packet, 0, length);
      return length == 0 ? -1 : length;
    } catch (LinuxException e) {
      if (e.is(Errno.ECONNRESET) || isClosing()) {
        return -1;
      }
      throw e;
    } finally {
      leave();
    }
  }

  /**
   * Sends one packet; waits while the other side is not reading.
   *
   * @throws LinuxException EPIPE if the other side or this one has closed
   */
  public void write(byte[] bytes, int offset, int length) throws LinuxException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (!enter()) {
      throw new LinuxException("send", Errno.EPIPE, name);
    }
    try (Frame frame = Frame.open()) {
      Frame.Block block = frame.block(length);
      block.buffer().put(0, bytes, offset, length);
      frame.longCall(name, SEND, number, block.address(), length, MSG_NOSIGNAL);
    } finally {
      leave();
    }
  }

  /** Ends writing; the other side reads to its end, and this side may still read. */
  public void shutdownWrite() {
    shutdown(SHUT_WR);
  }

  /** Ends both directions and wakes whoever waits in {@link #read}. Again: does nothing. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      users++;
    }
    forceShutdown(SHUT_RDWR);
    leave();
  }

  private void shutdown(int how) {
    if (enter()) {
      try {
        forceShutdown(how);
      } finally {
        leave();
      }
    }
  }

  private void forceShutdown(int how) {
    try (Frame frame = Frame.open()) {
      long _ = frame.raw(SHUTDOWN, number, how, 0, 0, 0, 0, 0);
    } catch (LinuxException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized boolean enter() {
    if (closing) {
      return false;
    }
    users++;
    return true;
  }

  /** The descriptor is released by the last user, so its number is never another file's. */
  private synchronized void leave() {
    users--;
    if (closing && users == 0) {
      FileHandle.close(number);
    }
  }

  private synchronized boolean isClosing() {
    return closing;
  }
}
