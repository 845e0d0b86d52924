package dev.cooper.registry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a registry asks for before it answers: the {@code WWW-Authenticate} header (RFC 9110, 11.6).
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters by lower-case name
 */
record Challenge(String scheme, Map<String, String> parameters) {
  /** Reads one challenge; what cannot be understood is left out. */
  static Challenge parse(String header) {
    int space = header.indexOf(' ');
    String scheme = (space < 0 ? header : header.substring(0, space)).toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = space < 0 ? header.length() : space + 1;
    while (at < header.length()) {
      int equals = header.indexOf('=', at);
      if (equals < 0) {
        break;
      }
      String name = header.substring(at, equals).replace(",", "").strip();
      StringBuilder value = new StringBuilder();
      at = equals + 1;
      if (at < header.length() && header.charAt(at) == '"') {
        at++;
        while (at < header.length() && header.charAt(at) != '"') {
          if (header.charAt(at) == '\\' && at + 1 < header.length()) {
            at++;
          }
          value.append(header.charAt(at++));
        }
        at++;
      } else {
        while (at < header.length() && header.charAt(at) != ',') {
          value.append(header.charAt(at++));
        }
      }
      parameters.put(name.toLowerCase(Locale.ROOT), value.toString().strip());
    }
    return new Challenge(scheme, parameters);
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
