package dev.cooper.dockerfile;

import java.util.List;

/**
 * A parsed Dockerfile.
 *
 * @param source its text, for messages
 * @param directives the parser directives at its top
 * @param globalArguments the ARGs before the first FROM, which FROM lines see
 * @param stages its stages in order, at least one
 */
public record Dockerfile(
    Source source,
    Directives directives,
    List<Instruction.Arg> globalArguments,
    List<Stage> stages) {
  public Dockerfile {
    globalArguments = List.copyOf(globalArguments);
    stages = List.copyOf(stages);
  }

  /**
   * Parses the text of a Dockerfile.
   *
   * @throws DockerfileException with every problem in it
   */
  public static Dockerfile parse(String text) {
    return parse(text, ParseOptions.DEFAULT);
  }

  /** {@link #parse(String)} with options. */
  public static Dockerfile parse(String text, ParseOptions options) {
    throw new UnsupportedOperationException();
  }
}
