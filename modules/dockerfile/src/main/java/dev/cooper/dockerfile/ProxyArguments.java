package dev.cooper.dockerfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The build arguments that RUN gets without their being declared: proxies. They are no part of the
 * image, its history or a cache key unless an ARG declares them.
 */
public final class ProxyArguments {
  private static final List<String> NAMES =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

  private ProxyArguments() {}

  /** Whether a name is one of them, in upper or lower case. */
  public static boolean isProxy(String name) {
    return NAMES.contains(name.toUpperCase(Locale.ROOT));
  }

  /** The variables for RUN, each in upper and lower case; empty if no proxy is given. */
  public static Map<String, String> environment(Map<String, String> buildArguments) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : NAMES) {
      String lower = name.toLowerCase(Locale.ROOT);
      String value = buildArguments.getOrDefault(name, buildArguments.get(lower));
      if (value != null && !value.isEmpty()) {
        environment.put(name, value);
        environment.put(lower, value);
      }
    }
    return environment;
  }
}
