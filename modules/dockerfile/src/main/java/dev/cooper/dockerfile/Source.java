package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file, for messages that show it.
 *
 * @param fileName what messages call it
 * @param text all of it
 */
public record Source(String fileName, String text) {
  /** Lines shown before and after the ones in question. */
  private static final int WIDTH = 400;

  private static final int CONTEXT = 2;

  /**
   * A place in the text.
   *
   * @param line counted from 1
   * @param column counted from 1, in characters
   * @param length at least 1
   */
  public record Place(int line, int column, int length) {}

  /** The lines without their ends. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      int last = end < 0 ? text.length() : end;
      if (last > start && text.charAt(last - 1) == '\r') {
        last--;
      }
      lines.add(text.substring(start, last));
      start = next;
    }
    return lines;
  }

  /** Where a problem's token stands; the whole first line if it cannot be found as it is. */
  public Place locate(Problem problem) {
    return locate(problem, lines());
  }

  private static Place locate(Problem problem, List<String> lines) {
    int first = Math.min(problem.range().startLine(), lines.size());
    int last = Math.min(problem.range().endLine(), lines.size());
    String token = problem.token();
    if (!token.isEmpty()) {
      for (int number = first; number <= last && number > 0; number++) {
        int index = indexOf(lines.get(number - 1), token);
        if (index >= 0) {
          return new Place(number, index + 1, token.length());
        }
      }
    }
    if (first == 0) {
      return new Place(1, 1, 1);
    }
    String line = lines.get(first - 1);
    int indent = Math.min(Blanks.firstNonSpace(line, 0), Math.max(0, line.length() - 1));
    return new Place(first, indent + 1, Math.max(1, Blanks.trim(line).length()));
  }

  /** The token as a word of its own, else wherever it stands; -1 if nowhere. */
  private static int indexOf(String line, String token) {
    int anywhere = line.indexOf(token);
    for (int index = anywhere; index >= 0; index = line.indexOf(token, index + 1)) {
      int end = index + token.length();
      boolean starts = index == 0 || !isNamePart(line.charAt(index - 1));
      boolean ends = end == line.length() || !isNamePart(line.charAt(end));
      if (starts && ends) {
        return index;
      }
    }
    return anywhere;
  }

  private static boolean isNamePart(char character) {
    return Character.isLetterOrDigit(character) || character == '_';
  }

  /**
   * The lines of a problem with two lines around them, marked, and a caret line below its token:
   *
   * <pre>
   * Dockerfile:2
   * --------------------
   *    1 |     FROM scratch
   *    2 | &gt;&gt;&gt; COYP a b
   *      |     ^^^^
   *    3 |     CMD ["a"]
   * --------------------
   * </pre>
   */
  public String excerpt(Problem problem) {
    return excerpt(problem.range(), locate(problem));
  }

  /** The same for a range of lines, without a caret. */
  public String excerpt(SourceRange range) {
    return excerpt(range, null);
  }

  private String excerpt(SourceRange range, @Nullable Place caret) {
    List<String> lines = lines();
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    int line = caret == null ? range.startLine() : caret.line();
    out.append(fileName).append(':').append(line).append("\n--------------------\n");
    int from = Math.max(1, range.startLine() - CONTEXT);
    int to = Math.min(lines.size(), range.endLine() + CONTEXT);
    for (int number = from; number <= to; number++) {
      boolean inside = number >= range.startLine() && number <= range.endLine();
      String text = shown(lines.get(number - 1));
      pad(out, number).append(" | ").append(inside ? ">>>" : "   ");
      out.append(text.isEmpty() ? "" : " ").append(text).append('\n');
      if (caret != null && number == caret.line()) {
        out.append("      |     ");
        for (int column = 0; column < Math.min(caret.column() - 1, text.length()); column++) {
          // A tab stays one, so that the caret stands below its token.
          out.append(text.charAt(column) == '\t' ? '\t' : ' ');
        }
        out.repeat('^', Math.max(1, Math.min(caret.length(), text.length() - caret.column() + 1)));
        out.append('\n');
      }
    }
    return out.append("--------------------\n").toString();
  }

  /** A line without what a terminal would obey, and not longer than anyone reads. */
  private static String shown(String line) {
    StringBuilder shown = new StringBuilder();
    for (int index = 0; index < Math.min(line.length(), WIDTH); index++) {
      char character = line.charAt(index);
      shown.append(Character.isISOControl(character) && character != '\t' ? '\uFFFD' : character);
    }
    return line.length() > WIDTH ? shown.append('…').toString() : shown.toString();
  }

  private static StringBuilder pad(StringBuilder out, int number) {
    String digits = Integer.toString(number);
    return out.repeat(' ', Math.max(0, 5 - digits.length())).append(digits);
  }
}
