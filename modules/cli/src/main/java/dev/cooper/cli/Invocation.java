package dev.cooper.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * What every command is given.
 *
 * @param console where to read and write
 * @param root the folder in which images and containers are kept; it may not exist yet
 * @param debug whether stack traces are wanted
 * @param arguments all words of the command line, the program's name left out
 */
public record Invocation(Console console, Path root, boolean debug, List<String> arguments) {
  public Invocation {
    arguments = List.copyOf(arguments);
  }
}
