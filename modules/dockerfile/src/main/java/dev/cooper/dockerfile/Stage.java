package dev.cooper.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One build stage.
 *
 * @param index its place, counted from 0
 * @param name in lower case; null if it has none
 * @param from the FROM that opens it
 * @param instructions what follows, in order
 */
public record Stage(
    int index, @Nullable String name, Instruction.From from, List<Instruction> instructions) {
  public Stage {
    instructions = List.copyOf(instructions);
  }
}
