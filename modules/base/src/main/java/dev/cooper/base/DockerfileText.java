package dev.cooper.base;

import dev.cooper.image.Platform;
import java.util.List;

/** Lines of the Dockerfiles that are shown, each such that it can be pasted. */
final class DockerfileText {
  private DockerfileText() {}

  /** A stage of nothing; for another processor than this machine's it says which. */
  static String scratch(Platform platform) {
    boolean own = platform.equals(Platform.host());
    return "FROM " + (own ? "" : "--platform=" + platform + " ") + "scratch\n";
  }

  /**
   * Adds one source, a name or a folder's name, to the root. The source means itself: no variable,
   * no pattern, no option.
   */
  static String add(String name) {
    String source = name.startsWith("-") ? "./" + name : name;
    boolean plain = ShellWords.join(List.of(source)).equals(source);
    return plain ? "ADD " + source + " /\n" : "ADD " + array(List.of(literal(source), "/")) + "\n";
  }

  /** Sources are expanded, then matched as patterns; both also in the form of a JSON array. */
  private static String literal(String source) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      switch (c) {
        case '*', '?', '[' -> text.append('[').append(c).append(']');
        case '\\' -> text.append("[\\\\\\\\]"); // In a class, escaped for it and once more.
        case '$', '"', '\'' -> text.append('\\').append(c);
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  /** Where commands are looked for. */
  static String path(String value) {
    boolean plain = ShellWords.join(List.of(value)).equals(value);
    return "ENV PATH="
        + (plain
            ? value
            : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + "\"")
        + "\n";
  }

  /** Words as a JSON array: the form of an instruction without a shell. */
  static String array(List<String> words) {
    StringBuilder text = new StringBuilder("[");
    for (String word : words) {
      text.append(text.length() == 1 ? "\"" : ", \"");
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        if (c == '"' || c == '\\') {
          text.append('\\').append(c);
        } else if (c < ' ') {
          text.append(String.format("\\u%04x", (int) c));
        } else {
          text.append(c);
        }
      }
      text.append('"');
    }
    return text.append(']').toString();
  }
}
