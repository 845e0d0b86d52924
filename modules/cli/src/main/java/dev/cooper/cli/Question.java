package dev.cooper.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A question before something is removed. */
public final class Question {
  private Question() {}

  /**
   * Prints the warning, asks, and waits for a line; anything but {@code y} or {@code yes} is no.
   */
  public static boolean yes(Console console, String warning) throws IOException {
    console.out().println(warning);
    console.out().print("Are you sure you want to continue? [y/N] ");
    console.out().flush();
    String line =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
    if (line == null) {
      console.out().println();
      return false;
    }
    String answer = line.strip();
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }
}
