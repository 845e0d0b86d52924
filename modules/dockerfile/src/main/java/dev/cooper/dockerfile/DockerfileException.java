package dev.cooper.dockerfile;

import java.util.List;

/** A Dockerfile that cannot be used, with everything that is wrong with it. */
public final class DockerfileException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient List<Problem> problems;

  /** All problems, in the order of their lines; at least one. */
  public DockerfileException(List<Problem> problems) {
    super(problems.getFirst().message(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of their lines; at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
