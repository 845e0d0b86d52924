package dev.cooper.dockerfile;

/**
 * A here-document.
 *
 * @param name its delimiter, which is also the name of the file that COPY and ADD make of it
 * @param content its lines as written, each with its end; empty if there are none
 * @param expand whether variables in it are replaced: true unless the delimiter is quoted
 * @param chomp whether leading tabs are dropped from each line ({@code <<-})
 * @param fileDescriptor the number before {@code <<}; 0 if there is none
 */
public record Heredoc(
    String name, String content, boolean expand, boolean chomp, int fileDescriptor) {

  /** The content, without leading tabs if it is to be chomped. */
  public String text() {
    if (!chomp) {
      return content;
    }
    StringBuilder out = new StringBuilder(content.length());
    boolean lineStart = true;
    for (int index = 0; index < content.length(); index++) {
      char character = content.charAt(index);
      if (lineStart && character == '\t') {
        continue;
      }
      lineStart = character == '\n';
      out.append(character);
    }
    return out.toString();
  }

  /** The same with its content settled, if it is to be expanded. */
  Heredoc resolved(Variables variables, SourceRange range) {
    if (!expand) {
      return this;
    }
    String settled =
        Expansion.word(new Word(text(), Word.Kind.EXPANDED_RAW, '\\', range), variables);
    return new Heredoc(name, settled, false, false, fileDescriptor);
  }

  Heredoc withContent(String lines) {
    return new Heredoc(name, lines, expand, chomp, fileDescriptor);
  }

  /** The first line of the content, with dots if there are more. */
  String summary() {
    String trimmed = Blanks.trim(content);
    int end = trimmed.indexOf('\n');
    return end < 0 ? trimmed : Blanks.trim(trimmed.substring(0, end)) + "...";
  }
}
