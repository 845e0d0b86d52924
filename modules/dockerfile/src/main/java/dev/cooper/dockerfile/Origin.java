package dev.cooper.dockerfile;

/**
 * Where an instruction was written and how.
 *
 * @param range its lines, heredocs included
 * @param text the instruction as written, with continuation lines joined and without heredoc
 *     bodies: {@code COPY a b}. It is what progress lines and image history show
 * @param comment the comment lines above it without {@code #}, joined by line feeds; empty if there
 *     are none
 */
public record Origin(SourceRange range, String text, String comment) {

  /** The instruction's name as written, in whatever case. */
  public String keyword() {
    int end = 0;
    while (end < text.length() && !Blanks.separates(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  /**
   * What the comment above says about a name: the rest of its first line that starts with the name
   * and a space. Empty if there is none.
   */
  String commentOn(String name) {
    int start = 0;
    while (start < comment.length()) {
      int end = comment.indexOf('\n', start);
      end = end < 0 ? comment.length() : end;
      if (comment.startsWith(name + " ", start) && start + name.length() < end) {
        return comment.substring(start + name.length() + 1, end);
      }
      start = end + 1;
    }
    return "";
  }
}
