package dev.cooper.dockerfile;

import java.util.List;

/**
 * One instruction's text, continuation lines joined.
 *
 * @param startLine its first line, counted from 1
 * @param endLine its last line, before any heredoc
 * @param comments the comment lines above it, without {@code #}
 */
record LogicalLine(int startLine, int endLine, String text, List<String> comments) {
  SourceRange range() {
    return new SourceRange(startLine, endLine);
  }
}
