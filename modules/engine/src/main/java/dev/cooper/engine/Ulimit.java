package dev.cooper.engine;

import dev.cooper.image.CooperException;
import io.avaje.jsonb.Json;
import java.util.Set;

/**
 * A resource limit of a process.
 *
 * @param name as in the shell's limits.conf: {@code nofile}, {@code nproc}, …
 * @param soft the limit; -1 for none
 * @param hard how far the process may raise it; -1 for as far as it likes
 */
@Json
public record Ulimit(String name, long soft, long hard) {
  private static final Set<String> NAMES =
      Set.of(
          "as",
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  /**
   * Reads {@code name=soft[:hard]}.
   *
   * @throws CooperException.InvalidInput with Docker's words for what is wrong
   */
  public static Ulimit parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new CooperException.InvalidInput("invalid ulimit argument: " + text);
    }
    String name = text.substring(0, equals);
    String value = text.substring(equals + 1);
    if (!NAMES.contains(name)) {
      throw new CooperException.InvalidInput("invalid ulimit type: " + name);
    }
    int colon = value.indexOf(':');
    try {
      long soft = Long.parseLong(colon < 0 ? value : value.substring(0, colon));
      long hard = colon < 0 ? soft : Long.parseLong(value.substring(colon + 1));
      if (hard >= 0 && (soft < 0 || soft > hard)) {
        throw new CooperException.InvalidInput(
            "ulimit soft limit must be less than or equal to hard limit: " + soft + " > " + hard);
      }
      return new Ulimit(name, soft, hard);
    } catch (NumberFormatException e) {
      throw new CooperException.InvalidInput("invalid ulimit value: " + text, null, e);
    }
  }
}
