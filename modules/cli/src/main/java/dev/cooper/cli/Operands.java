package dev.cooper.cli;

import java.util.List;

/** How many words a command takes beside its flags, and Docker's complaint when it gets others. */
public final class Operands {
  private Operands() {}

  /** The command takes no words. */
  public static void none(List<String> words) {
    if (!words.isEmpty()) {
      throw new WrongOperands("accepts no arguments.");
    }
  }

  public static void exactly(int count, List<String> words) {
    if (words.size() != count) {
      throw new WrongOperands("requires exactly " + arguments(count));
    }
  }

  public static void atLeast(int count, List<String> words) {
    if (words.size() < count) {
      throw new WrongOperands("requires at least " + arguments(count));
    }
  }

  public static void atMost(int count, List<String> words) {
    if (words.size() > count) {
      throw new WrongOperands("requires at most " + arguments(count));
    }
  }

  public static void between(int least, int most, List<String> words) {
    if (words.size() < least || words.size() > most) {
      throw new WrongOperands("requires at least " + least + " and at most " + arguments(most));
    }
  }

  private static String arguments(int count) {
    return count + (count == 1 ? " argument." : " arguments.");
  }
}
