package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * The stage of a name, in any case of letters, or of an index; null if there is none. Of several
   * stages of one name it is the last.
   */
  public @Nullable Stage stage(String nameOrIndex) {
    Stage named = Stages.named(stages, nameOrIndex, stages.size());
    if (named != null || nameOrIndex.isEmpty() || nameOrIndex.length() > 9) {
      return named;
    }
    int index = 0;
    for (int position = 0; position < nameOrIndex.length(); position++) {
      int digit = nameOrIndex.charAt(position) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      index = index * 10 + digit;
    }
    return index < stages.size() ? stages.get(index) : null;
  }

  /**
   * The stage to build.
   *
   * @param target a name or an index; null or empty for the last stage
   * @throws DockerfileException if there is no such stage
   */
  public Stage target(@Nullable String target) {
    if (target == null || target.isEmpty()) {
      return stages.getLast();
    }
    Stage found = stage(target);
    if (found == null) {
      List<String> names = new ArrayList<>();
      for (Stage stage : stages) {
        if (stage.name() != null) {
          names.add(stage.name());
        }
      }
      throw new DockerfileException(
          new Problem(
              stages.getLast().from().range(),
              "",
              "target stage "
                  + Quoted.of(target)
                  + " could not be found"
                  + Suggestion.didYouMean(target, names),
              names.isEmpty() ? List.of() : List.of("stages are " + String.join(", ", names))));
    }
    return found;
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
