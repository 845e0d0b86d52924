package dev.cooper.dockerfile;

/**
 * The lines of a Dockerfile that something spans.
 *
 * @param startLine the first line, counted from 1
 * @param endLine the last line, at least {@code startLine}
 */
public record SourceRange(int startLine, int endLine) {
  public SourceRange {
    if (startLine < 1 || endLine < startLine) {
      throw new IllegalArgumentException("not a range of lines: " + startLine + "-" + endLine);
    }
  }

  /** The range of a single line. */
  public static SourceRange line(int line) {
    return new SourceRange(line, line);
  }

  @Override
  public String toString() {
    return startLine == endLine ? Integer.toString(startLine) : startLine + "-" + endLine;
  }
}
