package dev.cooper.dockerfile;

/**
 * What a check found.
 *
 * @param check the check that found it
 * @param message what was found
 * @param range the lines in question
 */
public record Warning(Check check, String message, SourceRange range) {

  /** The warning with its lines, as a check of a Dockerfile prints it. */
  public String render(Source source) {
    return "WARNING: " + check.title() + "\n" + message + "\n" + source.excerpt(range);
  }

  /**
   * The warning in a line: {@code StageNameCasing: Stage name 'X' should be lowercase (line 1)}.
   */
  @Override
  public String toString() {
    return check.title() + ": " + message + " (line " + range.startLine() + ")";
  }
}
