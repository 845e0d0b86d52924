package dev.cooper.linux;

import java.util.Optional;

/** The terminal behind a file descriptor (termios(3)). */
public final class Terminal {
  private static final Libc.Function ISATTY = new Libc.Function("isatty");
  private static final Libc.Function TCGETATTR = new Libc.Function("tcgetattr");
  private static final Libc.Function TCSETATTR = new Libc.Function("tcsetattr");
  private static final Libc.Function CFMAKERAW = new Libc.Function("cfmakeraw");
  private static final Libc.Function IOCTL = new Libc.Function("ioctl");
  private static final int TERMIOS_BYTES = 128;
  private static final int TCSANOW = 0;
  private static final long TIOCGWINSZ = 0x5413;
  private static final long TIOCSWINSZ = 0x5414;

  /** Standard input, output and error. */
  public static final int INPUT = 0;

  public static final int OUTPUT = 1;
  public static final int ERROR = 2;

  private Terminal() {}

  /** Whether {@code descriptor} is a terminal; false on other systems than Linux. */
  public static boolean is(int descriptor) {
    if (!Libc.LINUX) {
      return false;
    }
    try (Frame frame = Frame.open()) {
      return (int) frame.raw(ISATTY, descriptor, 0, 0, 0, 0, 0, 0) == 1;
    } catch (LinuxException e) {
      return false;
    }
  }

  /**
   * Passes every key through as it is, unechoed, until the answer is closed, which brings back what
   * was there before. Close it on every way out, the virtual machine's shutdown included.
   *
   * @throws LinuxException ENOTTY if it is not a terminal
   */
  public static RawMode enterRawMode(int descriptor) throws LinuxException {
    try (Frame frame = Frame.open()) {
      Frame.Block settings = frame.block(TERMIOS_BYTES);
      frame.call("terminal", TCGETATTR, descriptor, settings.address());
      byte[] before = new byte[TERMIOS_BYTES];
      settings.buffer().get(0, before);
      long _ = frame.raw(CFMAKERAW, settings.address(), 0, 0, 0, 0, 0, 0);
      frame.call("terminal", TCSETATTR, descriptor, TCSANOW, settings.address());
      return new RawMode(descriptor, before);
    }
  }

  /** The size of the terminal; empty if it is not one, or does not know. */
  public static Optional<TerminalSize> size(int descriptor) {
    if (!Libc.LINUX) {
      return Optional.empty();
    }
    try (Frame frame = Frame.open()) {
      Frame.Block size = frame.block(8);
      if ((int) frame.raw(IOCTL, descriptor, TIOCGWINSZ, size.address(), 0, 0, 0, 0) != 0) {
        return Optional.empty();
      }
      int rows = Short.toUnsignedInt(size.buffer().getShort(0));
      int columns = Short.toUnsignedInt(size.buffer().getShort(2));
      return rows == 0 || columns == 0
          ? Optional.empty()
          : Optional.of(new TerminalSize(rows, columns));
    } catch (LinuxException e) {
      return Optional.empty();
    }
  }

  /** Tells the terminal its size; the processes on it are signalled if that is a change. */
  public static void resize(int descriptor, TerminalSize size) throws LinuxException {
    try (Frame frame = Frame.open()) {
      Frame.Block block = frame.block(8);
      block.buffer().putShort(0, (short) size.rows());
      block.buffer().putShort(2, (short) size.columns());
      frame.call("terminal", IOCTL, descriptor, TIOCSWINSZ, block.address());
    }
  }

  /** A terminal in raw mode. */
  public static final class RawMode implements AutoCloseable {
    private final int descriptor;
    private final byte[] before;
    private boolean closed;

    private RawMode(int descriptor, byte[] before) {
      this.descriptor = descriptor;
      this.before = before;
    }

    /** Brings the settings back; does nothing the second time, or when the terminal is gone. */
    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      try (Frame frame = Frame.open()) {
        Frame.Block settings = frame.block(TERMIOS_BYTES);
        settings.buffer().put(0, before);
        long _ = frame.raw(TCSETATTR, descriptor, TCSANOW, settings.address(), 0, 0, 0, 0);
      } catch (LinuxException e) {
        // Linked before, or there would be nothing to bring back.
      }
    }
  }
}
