package dev.cooper.dockerfile;

import java.util.List;
import java.util.Locale;

/** Platforms as texts: {@code os/architecture/variant}. */
final class Platforms {
  private static final List<String> SYSTEMS =
      List.of(
          "linux",
          "windows",
          "darwin",
          "freebsd",
          "openbsd",
          "netbsd",
          "dragonfly",
          "solaris",
          "illumos",
          "aix",
          "android",
          "plan9",
          "js",
          "wasip1");

  private Platforms() {}

  /** Whether the text has one to three parts of ordinary characters. */
  static boolean isValid(String platform) {
    String[] parts = platform.split("/", -1);
    for (String part : parts) {
      if (part.isEmpty()) {
        return false;
      }
      for (int index = 0; index < part.length(); index++) {
        char character = part.charAt(index);
        boolean letter =
            (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
        if (!letter && (character < '0' || character > '9') && "_.-()".indexOf(character) < 0) {
          return false;
        }
      }
    }
    return parts.length <= 3;
  }

  /** The usual names of system and architecture; a lone architecture is Linux's. */
  static String normalized(String platform) {
    String[] parts = platform.toLowerCase(Locale.ROOT).split("/", 3);
    if (parts.length == 1) {
      return SYSTEMS.contains(parts[0]) ? parts[0] : "linux/" + architecture(parts[0]);
    }
    String system = parts[0].equals("macos") ? "darwin" : parts[0];
    String machine = architecture(parts[1]);
    String variant = parts.length == 3 ? "/" + parts[2] : "";
    if (machine.equals("arm64") && (variant.equals("/v8") || variant.equals("/8"))) {
      variant = "";
    }
    return system + "/" + machine + variant;
  }

  private static String architecture(String name) {
    return switch (name) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "i386", "i486", "i586", "i686" -> "386";
      case "armhf" -> "arm";
      case "armel" -> "arm/v6";
      default -> name;
    };
  }

  /** Whether system and architecture are the same, whatever the variants. */
  static boolean sameMachine(String one, String other) {
    String[] left = one.split("/", 3);
    String[] right = other.split("/", 3);
    return left[0].equals(right[0])
        && left.length > 1
        && right.length > 1
        && left[1].equals(right[1]);
  }
}
