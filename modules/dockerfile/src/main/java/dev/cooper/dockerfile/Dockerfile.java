package dev.cooper.dockerfile;

import java.util.List;

/**
 * A parsed Dockerfile.
 *
 * @param source its text, for messages
 * @param directives the parser directives at its top
 * @param globalArguments the ARGs before the first FROM, which FROM lines see
 * @param stages its stages in order, at least one
 * @param emptyContinuations the last lines of instructions that have blank lines in their midst
 */
public record Dockerfile(
    Source source,
    Directives directives,
    List<Instruction.Arg> globalArguments,
    List<Stage> stages,
    List<SourceRange> emptyContinuations) {
  public Dockerfile {
    globalArguments = List.copyOf(globalArguments);
    stages = List.copyOf(stages);
    emptyContinuations = List.copyOf(emptyContinuations);
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
    return new DockerfileParser(new Source(options.fileName(), text)).parse();
  }

  /**
   * Parses one instruction that an image kept by ONBUILD.
   *
   * @param at the lines that stand for it: those of the FROM that names the image
   * @throws DockerfileException if it is not one proper instruction, or one that no trigger may be
   */
  public static Instruction parseTrigger(String trigger, SourceRange at) {
    return DockerfileParser.parseTrigger(trigger, at);
  }
}
