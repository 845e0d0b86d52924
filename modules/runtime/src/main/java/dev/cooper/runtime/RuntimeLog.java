package dev.cooper.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a runtime wrote about its own failure, in one of the forms that runtimes have. */
final class RuntimeLog {
  private static final Pattern TEXT = Pattern.compile("level=error msg=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private RuntimeLog() {}

  /** The last error in {@code log}, as plain words; all of it if no form is recognised. */
  static String message(String log) {
    String last = "";
    for (String line : log.split("\n", -1)) {
      if (line.startsWith("{")) {
        var entry = JsonIn.object(line);
        if (JsonIn.text(entry, "level").equals("error")) {
          last = JsonIn.text(entry, "msg");
        }
        continue;
      }
      Matcher text = TEXT.matcher(line);
      if (text.find()) {
        last = unquote(text.group(1));
      }
    }
    return last.isEmpty() ? log.strip() : last.strip();
  }

  private static String unquote(String quoted) {
    return quoted.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
