package dev.cooper.dockerfile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments that describe where a build runs and what it is for. */
public final class PlatformArguments {
  private PlatformArguments() {}

  /**
   * The values of {@code BUILDPLATFORM}, {@code BUILDOS}, {@code BUILDOSVERSION}, {@code
   * BUILDARCH}, {@code BUILDVARIANT}, the same for {@code TARGET}, and {@code TARGETSTAGE}.
   *
   * @param build the platform of this machine, {@code os/architecture} or {@code
   *     os/architecture/variant}
   * @param target the platform to build for
   * @param targetStage the name of the stage to build; null if it has none
   */
  public static Map<String, String> of(String build, String target, @Nullable String targetStage) {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "BUILD", build);
    put(values, "TARGET", target);
    values.put(
        "TARGETSTAGE", targetStage == null || targetStage.isEmpty() ? "default" : targetStage);
    return values;
  }

  private static void put(Map<String, String> values, String prefix, String platform) {
    String[] parts = platform.split("/", 3);
    // The version of the system may stand in parentheses behind its name.
    String os = parts[0];
    String version = "";
    int bracket = os.indexOf('(');
    if (bracket >= 0 && os.endsWith(")")) {
      version = os.substring(bracket + 1, os.length() - 1);
      os = os.substring(0, bracket);
    }
    values.put(prefix + "PLATFORM", platform);
    values.put(prefix + "OS", os);
    values.put(prefix + "OSVERSION", version);
    values.put(prefix + "ARCH", parts.length > 1 ? parts[1] : "");
    values.put(prefix + "VARIANT", parts.length > 2 ? parts[2] : "");
  }
}
