package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the logical lines of a Dockerfile, and the directives at its top on the way. */
final class LineReader {
  private final String text;
  private final DirectiveReader directives = new DirectiveReader();
  private final List<SourceRange> emptyContinuations = new ArrayList<>();
  private List<String> comments = new ArrayList<>();
  private int position;
  private int line;

  LineReader(String text) {
    this.text = text;
    this.position = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** What the lines read so far said; complete once the first instruction has been read. */
  DirectiveReader directives() {
    return directives;
  }

  /** The last lines of instructions that had blank lines among their continuation lines. */
  List<SourceRange> emptyContinuations() {
    return emptyContinuations;
  }

  /** The number of lines read so far. */
  int line() {
    return line;
  }

  /** The next instruction, or null at the end. */
  @Nullable LogicalLine next() {
    while (position < text.length()) {
      String current = withoutEnd(physicalLine());
      int start = Blanks.firstNonSpace(current, 0);
      boolean directive = directives.read(current.substring(start), line);
      if (start == current.length()) {
        continue;
      }
      if (current.charAt(start) == '#') {
        if (!directive) {
          comment(current.substring(start + 1));
        }
        continue;
      }
      LogicalLine instruction = join(current.substring(start));
      if (instruction != null) {
        return instruction;
      }
    }
    return null;
  }

  private void comment(String written) {
    String comment = Blanks.trim(written);
    if (comment.isEmpty()) {
      comments = new ArrayList<>();
    } else {
      comments.add(comment);
    }
  }

  /** The instruction that starts with a line; null if there is nothing in it. */
  private @Nullable LogicalLine join(String first) {
    int startLine = line;
    int kept = continued(first);
    StringBuilder joined = new StringBuilder(kept < 0 ? first : first.substring(0, kept));
    boolean emptyLine = false;
    boolean open = kept >= 0;
    while (open && position < text.length()) {
      String current = withoutEnd(physicalLine());
      int start = Blanks.firstNonSpace(current, 0);
      if (start == current.length()) {
        emptyLine = true;
        continue;
      }
      if (current.charAt(start) == '#') {
        continue;
      }
      kept = continued(current);
      open = kept >= 0;
      joined.append(open ? current.substring(0, kept) : current);
    }
    if (emptyLine) {
      emptyContinuations.add(SourceRange.line(line));
    }
    String instruction = joined.toString();
    if (Blanks.trim(instruction).isEmpty()) {
      return null;
    }
    List<String> above = comments;
    comments = new ArrayList<>();
    return new LogicalLine(startLine, line, instruction, above);
  }

  /**
   * How much of a line counts if it goes on below, or -1 if it ends here: it goes on if its last
   * character but blanks is one escape character, and not two.
   */
  private int continued(String current) {
    char escape = directives.escape();
    int end = current.length();
    while (end > 0 && (current.charAt(end - 1) == ' ' || current.charAt(end - 1) == '\t')) {
      end--;
    }
    if (end == 0 || current.charAt(end - 1) != escape) {
      return -1;
    }
    return end > 1 && current.charAt(end - 2) == escape ? -1 : end - 1;
  }

  /**
   * The lines up to a heredoc's delimiter, ends included; the delimiter's line is read too.
   *
   * @return null if the delimiter never comes
   */
  @Nullable String heredoc(String delimiter, boolean chomp) {
    StringBuilder content = new StringBuilder();
    while (position < text.length()) {
      String current = physicalLine();
      String candidate = withoutEnd(current);
      if (chomp) {
        int tabs = 0;
        while (tabs < candidate.length() && candidate.charAt(tabs) == '\t') {
          tabs++;
        }
        candidate = candidate.substring(tabs);
      }
      if (candidate.equals(delimiter)) {
        return content.toString();
      }
      content.append(current);
    }
    return null;
  }

  private String physicalLine() {
    int end = text.indexOf('\n', position);
    int next = end < 0 ? text.length() : end + 1;
    String current = text.substring(position, next);
    position = next;
    line++;
    return current;
  }

  private static String withoutEnd(String current) {
    int end = current.length();
    while (end > 0 && (current.charAt(end - 1) == '\n' || current.charAt(end - 1) == '\r')) {
      end--;
    }
    return current.substring(0, end);
  }
}
