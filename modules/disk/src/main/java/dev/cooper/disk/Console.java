package dev.cooper.disk;

import java.util.List;

/** Where a machine talks and people log in. */
public enum Console {
  /** Screen and serial port; the last words of the start go to the serial port. */
  BOTH("console=tty0 console=ttyS0,115200", List.of("tty1", "ttyS0")),
  SERIAL("console=ttyS0,115200", List.of("ttyS0")),
  SCREEN("console=tty0", List.of("tty1"));

  private final String commandLine;
  private final List<String> terminals;

  Console(String commandLine, List<String> terminals) {
    this.commandLine = commandLine;
    this.terminals = terminals;
  }

  /** What the kernel is told. */
  public String commandLine() {
    return commandLine;
  }

  /** The devices' names below {@code /dev}. */
  public List<String> terminals() {
    return terminals;
  }
}
