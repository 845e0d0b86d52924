package dev.cooper.linux;

import java.io.Closeable;

/**
 * A new pseudo-terminal.
 *
 * @param controller the end of whoever plays the screen and keyboard
 * @param terminal the end that programs take for their terminal
 */
public record PseudoTerminal(FileHandle controller, FileHandle terminal) implements Closeable {
  private static final Libc.Function OPENPTY = new Libc.Function("openpty");
  private static final Libc.Function FCNTL = new Libc.Function("fcntl");
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;

  /** Makes one of this size. */
  public static PseudoTerminal create(TerminalSize size) throws LinuxException {
    PseudoTerminal made;
    try (Frame frame = Frame.open()) {
      Frame.Block ends = frame.block(8);
      frame.call(null, OPENPTY, ends.address(), ends.address() + 4, 0, 0, 0);
      made =
          new PseudoTerminal(
              new FileHandle(ends.buffer().getInt(0), "pseudo-terminal"),
              new FileHandle(ends.buffer().getInt(4), "pseudo-terminal"));
      frame.call(null, FCNTL, made.controller.number(), F_SETFD, FD_CLOEXEC);
      frame.call(null, FCNTL, made.terminal.number(), F_SETFD, FD_CLOEXEC);
    }
    Terminal.resize(made.controller.number(), size);
    return made;
  }

  /** Closes both ends. */
  @Override
  public void close() {
    controller.close();
    terminal.close();
  }
}
