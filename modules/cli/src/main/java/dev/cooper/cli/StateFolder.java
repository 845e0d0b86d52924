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

  static Path choose(
      @Nullable String option, Map<String, String> environment, String userName, String home) {
    String chosen = option != null ? option : environment.get("COOPER_ROOT");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen).toAbsolutePath().normalize();
    }
    if (userName.equals("root")) {
      return Path.of("/var/lib/cooper");
    }
    String data = environment.get("XDG_DATA_HOME");
    return data != null && data.startsWith("/")
        ? Path.of(data, "cooper")
        : Path.of(home, ".local/share/cooper");
  }
}
