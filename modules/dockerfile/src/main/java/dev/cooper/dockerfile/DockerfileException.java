package dev.cooper.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile or .dockerignore file that cannot be used, with everything that is wrong with it.
 *
 * <p>Its message is one line about the first problem; {@link #render()} shows them all.
 */
public final class DockerfileException extends RuntimeException {
  /** So many problems are shown in full. */
  private static final int SHOWN = 10;

  private static final long serialVersionUID = 1;
  private final transient List<Problem> problems;
  private final transient @Nullable Source source;

  /** Whether the problems were found in parsing, and not in resolving. */
  private final boolean found;

  private DockerfileException(
      String message, List<Problem> problems, @Nullable Source source, boolean found) {
    super(message, null, false, false);
    this.problems = List.copyOf(problems);
    this.source = source;
    this.found = found;
  }

  /** One problem of an instruction whose file is not at hand. */
  DockerfileException(Problem problem) {
    this(List.of(problem));
  }

  /** Problems of instructions whose file is not at hand, at least one. */
  DockerfileException(List<Problem> problems) {
    this(Problems.oneLine(problems, false), problems, null, false);
  }

  /** All problems found in parsing a file, at least one. */
  DockerfileException(List<Problem> problems, Source source) {
    this(Problems.oneLine(problems, true), problems, source, true);
  }

  /** All problems, in the order of their lines; at least one. */
  public List<Problem> problems() {
    return problems;
  }

  /** The line of the first problem, counted from 1. */
  public int line() {
    return problems.getFirst().range().startLine();
  }

  /** The column of the first problem, counted from 1; 1 if the file is not at hand. */
  public int column() {
    return source == null ? 1 : source.locate(problems.getFirst()).column();
  }

  /** What to try instead, for all problems; may be empty. */
  public List<String> hints() {
    return Problems.hints(problems);
  }

  /** The same, able to show the lines: for problems found when an instruction is resolved. */
  public DockerfileException in(Source file) {
    if (source != null) {
      return this;
    }
    return new DockerfileException(Problems.oneLine(problems, false), problems, file, false);
  }

  /**
   * The first ten problems with their lines and a caret, if the file is at hand, and their hints,
   * and how many more there are.
   */
  public String render() {
    StringBuilder out = new StringBuilder();
    for (Problem problem : problems.subList(0, Math.min(problems.size(), SHOWN))) {
      if (source != null) {
        out.append(source.excerpt(problem));
      }
      out.append(Problems.oneLine(List.of(problem), found)).append('\n');
      for (String hint : problem.hints()) {
        out.append("hint: ").append(hint).append('\n');
      }
    }
    int more = problems.size() - SHOWN;
    if (more > 0) {
      out.append("… and ").append(more).append(more == 1 ? " more problem\n" : " more problems\n");
    }
    return out.toString();
  }
}
