package dev.cooper.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @BeforeEach
  void setUp() {
    Assumptions.assumeTrue(Linux.available(), "SKIPPED: not Linux");
  }

  private static void type(PseudoTerminal terminal, String keys) throws LinuxException {
    byte[] bytes = keys.getBytes(StandardCharsets.US_ASCII);
    terminal.controller().write(bytes, 0, bytes.length);
  }

  private static String read(FileHandle from) throws LinuxException {
    byte[] bytes = new byte[100];
    return new String(bytes, 0, from.read(bytes, 0, 100), StandardCharsets.US_ASCII);
  }

  @Test
  void aPipeIsNoTerminal() throws LinuxException {
    try (FileHandle.Pipe pipe = FileHandle.Pipe.create()) {
      int number = pipe.reader().number();
      assertThat(Terminal.is(number)).isFalse();
      assertThat(Terminal.size(number)).isEmpty();
      assertThat(
              catchThrowableOfType(LinuxException.class, () -> Terminal.enterRawMode(number))
                  .is(Errno.ENOTTY))
          .isTrue();
    }
  }

  @Test
  void itsSizeIsReadAndSet() throws LinuxException {
    try (PseudoTerminal made = PseudoTerminal.create(new TerminalSize(30, 100))) {
      int number = made.terminal().number();
      assertThat(Terminal.is(number)).isTrue();
      assertThat(Terminal.size(number)).hasValue(new TerminalSize(30, 100));
      Terminal.resize(number, new TerminalSize(1, 65535));
      assertThat(Terminal.size(made.controller().number())).hasValue(new TerminalSize(1, 65535));
      Terminal.resize(number, new TerminalSize(0, 0));
      assertThat(Terminal.size(number)).isEmpty();
    }
  }

  @Test
  void rawModePassesKeysOnUntilItIsLeft() throws LinuxException {
    try (PseudoTerminal made = PseudoTerminal.create(new TerminalSize(24, 80))) {
      Terminal.RawMode raw = Terminal.enterRawMode(made.terminal().number());
      type(made, "\u0003a");
      assertThat(read(made.terminal())).isEqualTo("\u0003a");
      raw.close();
      raw.close();
      type(made, "bx\u007f\n");
      assertThat(read(made.terminal())).isEqualTo("b\n");
      assertThat(read(made.controller())).startsWith("bx");
    }
  }
}
