package dev.cooper.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where images and containers are kept: {@code --root}, else {@code COOPER_ROOT}, else {@code
 * /var/lib/cooper} for root and {@code $XDG_DATA_HOME/cooper} or {@code ~/.local/share/cooper} for
 * others.
 */
final class StateFolder {
  private StateFolder() {}

  /**
   * Chooses it.
   *
   * @param option what {@code --root} says
   * @param root whether the user is root
   * @param account the home folder that the user's account names
   */
  static Path choose(
      @Nullable String option, Map<String, String> environment, boolean root, String account) {
    String chosen = option != null ? option : environment.get("COOPER_ROOT");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen).toAbsolutePath().normalize();
    }
    if (root) {
      return Path.of("/var/lib/cooper");
    }
    String data = environment.get("XDG_DATA_HOME");
    return data != null && data.startsWith("/")
        ? Path.of(data, "cooper")
        : Path.of(home(environment, account), ".local/share/cooper");
  }

  /** {@code $HOME} first, as shells and Docker do; the JVM's own idea is the password file's. */
  private static String home(Map<String, String> environment, String account) {
    String home = environment.get("HOME");
    return home != null && home.startsWith("/") ? home : account;
  }
}
