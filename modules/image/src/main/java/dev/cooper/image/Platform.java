package dev.cooper.image;

import io.avaje.jsonb.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on: operating system, processor architecture and variant, by Go's names
 * ({@code linux/amd64}, {@code linux/arm64/v8}). Any well-formed name is accepted, known or not.
 *
 * @param os operating system, for example {@code linux}
 * @param architecture processor, for example {@code amd64}
 * @param variant processor variant, for example {@code v7}; null when it has none
 */
@Json
public record Platform(String os, String architecture, @Nullable String variant) {
  /** Normalises case, common synonyms and an empty variant; absent names become empty. */
  public Platform {
    os = os == null ? "" : normalOs(os.toLowerCase(Locale.ROOT));
    variant = variant == null || variant.isEmpty() ? null : variant.toLowerCase(Locale.ROOT);
    String given = architecture == null ? "" : architecture.toLowerCase(Locale.ROOT);
    architecture = normalArchitecture(given);
    variant = normalVariant(given, variant);
  }

  /**
   * Reads {@code os/architecture[/variant]}; a single word is an operating system or an
   * architecture that Go knows, completed from the host.
   *
   * @throws CooperException.InvalidInput when there are more than three parts, an empty part, a
   *     character that a platform name cannot have, or a single word that nobody knows
   */
  public static Platform parse(String text) {
    String[] parts = text.split("/", -1);
    for (String part : parts) {
      if (part.isEmpty() || !isName(part)) {
        throw invalid(text);
      }
    }
    return switch (parts.length) {
      case 1 -> ofWord(parts[0]);
      case 2 -> new Platform(parts[0], parts[1], null);
      case 3 -> new Platform(parts[0], parts[1], parts[2]);
      default -> throw invalid(text);
    };
  }

  /** Linux on this machine's processor: what images run on by default, whatever the host runs. */
  public static Platform host() {
    return new Platform("linux", System.getProperty("os.arch", "amd64"), null);
  }

  /**
   * Whether something made for {@code offered} fits a wish for this platform: same system and
   * architecture, and the same variant where this platform names one.
   */
  public boolean accepts(Platform offered) {
    return os.equals(offered.os)
        && architecture.equals(offered.architecture)
        && (variant == null || variant.equals(offered.effectiveVariant()));
  }

  /**
   * The variant with the architecture's default filled in ({@code arm} is v7, {@code arm64} v8).
   */
  private @Nullable String effectiveVariant() {
    if (variant != null) {
      return variant;
    }
    return switch (architecture) {
      case "arm" -> "v7";
      case "arm64" -> "v8";
      case "amd64" -> "v1";
      default -> null;
    };
  }

  /** {@code os/architecture[/variant]}. */
  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }

  private static Platform ofWord(String word) {
    String lower = normalOs(word.toLowerCase(Locale.ROOT));
    return switch (lower) {
      case "linux",
          "windows",
          "darwin",
          "freebsd",
          "netbsd",
          "openbsd",
          "solaris",
          "plan9",
          "aix",
          "android",
          "dragonfly",
          "illumos",
          "ios",
          "js",
          "wasip1" ->
          new Platform(lower, host().architecture, null);
      default -> {
        Platform platform = new Platform("linux", lower, null);
        if (!isArchitecture(platform.architecture)) {
          throw new CooperException.InvalidInput(
              "\"" + word + "\": unknown operating system or architecture: invalid argument",
              "write both, as in linux/" + word);
        }
        yield platform;
      }
    };
  }

  /** The architectures that Go knows: only these are understood without a system before them. */
  private static boolean isArchitecture(String name) {
    return switch (name) {
      case "386",
          "amd64",
          "amd64p32",
          "arm",
          "armbe",
          "arm64",
          "arm64be",
          "loong64",
          "mips",
          "mipsle",
          "mips64",
          "mips64le",
          "mips64p32",
          "mips64p32le",
          "ppc",
          "ppc64",
          "ppc64le",
          "riscv",
          "riscv64",
          "s390",
          "s390x",
          "sparc",
          "sparc64",
          "wasm" ->
          true;
      default -> false;
    };
  }

  private static String normalOs(String os) {
    return os.equals("macos") ? "darwin" : os;
  }

  private static String normalArchitecture(String architecture) {
    return switch (architecture) {
      case "x86_64", "x86-64" -> "amd64";
      case "i386", "i486", "i586", "i686", "x86" -> "386";
      case "aarch64" -> "arm64";
      case "armhf", "armel" -> "arm";
      default -> architecture;
    };
  }

  private static @Nullable String normalVariant(String given, @Nullable String variant) {
    return switch (given) {
      case "armhf" -> "v7";
      case "armel" -> "v6";
      case "amd64", "x86_64", "x86-64" -> "v1".equals(variant) ? null : variant;
      case "arm64", "aarch64" -> "8".equals(variant) || "v8".equals(variant) ? null : variant;
      case "arm" -> {
        if (variant != null && variant.length() == 1 && Character.isDigit(variant.charAt(0))) {
          yield "v" + variant;
        }
        yield variant;
      }
      default -> variant;
    };
  }

  private static boolean isName(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (!(c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || c == '_'
          || c == '-'
          || c == '.')) {
        return false;
      }
    }
    return true;
  }

  private static CooperException invalid(String text) {
    return new CooperException.InvalidInput(
        "\"" + text + "\" is an invalid platform", "write it as linux/amd64 or linux/arm64/v8");
  }
}
