package dev.cooper.cli;

import java.util.List;

/** How many words a command takes beside its flags, and Docker's complaint when it gets others. */
public final class Operands {
  private Operands() {}

  /** The command takes no words. */
  public static void none(Command command, List<String> words) {
    if (!words.isEmpty()) {
      throw UsageException.arguments(command, "accepts no arguments.");
    }
  }

  public static void exactly(int count, Command command, List<String> words) {
    if (words.size() != count) {
      throw UsageException.arguments(command, "requires exactly " + arguments(count));
    }
  }

  public static void atLeast(int count, Command command, List<String> words) {
    if (words.size() < count) {
      throw UsageException.arguments(command, "requires at least " + arguments(count));
    }
  }

  public static void atMost(int count, Command command, List<String> words) {
    if (words.size() > count) {
      throw UsageException.arguments(command, "requires at most " + arguments(count));
    }
  }

  private static String arguments(int count) {
    return count + (count == 1 ? " argument." : " arguments.");
  }
}
