package dev.cooper.cli.build;

import dev.cooper.image.Platform;
import java.util.ArrayList;
import java.util.List;

/** The values of {@code --platform}: any number, each a list separated by commas. */
final class PlatformOption {
  private PlatformOption() {}

  /**
   * The platforms, each once, in the order given; {@code local} is this machine's.
   *
   * @throws dev.cooper.image.CooperException.InvalidInput if one is none
   */
  static List<Platform> parse(List<String> options) {
    List<Platform> platforms = new ArrayList<>();
    for (String option : options) {
      for (String text : option.split(",")) {
        String name = text.strip();
        if (name.isEmpty()) {
          continue;
        }
        Platform platform = name.equals("local") ? Platform.host() : Platform.parse(name);
        if (!platforms.contains(platform)) {
          platforms.add(platform);
        }
      }
    }
    return platforms;
  }
}
