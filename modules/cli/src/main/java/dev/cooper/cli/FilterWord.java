package dev.cooper.cli;

import dev.cooper.image.CooperException;
import java.util.Locale;

/**
 * A condition that a list's entries have to meet, as {@code --filter} takes it.
 *
 * @param name what is looked at, in lower case
 * @param value what it has to be
 */
public record FilterWord(String name, String value) {
  /**
   * Reads {@code name=value}.
   *
   * @param flag as messages call it: {@code -f, --filter}
   * @throws CooperException.InvalidInput when it has no equals sign
   */
  public static FilterWord parse(String text, String flag) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new CooperException.InvalidInput(
          "invalid argument \""
              + text
              + "\" for \""
              + flag
              + "\" flag: bad format of filter (expected name=value)");
    }
    return new FilterWord(
        text.substring(0, equals).strip().toLowerCase(Locale.ROOT),
        text.substring(equals + 1).strip());
  }
}
