package dev.cooper.cli.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values as Go's fmt package prints them. */
final class GoText {
  private GoText() {}

  /** Verb {@code %v}: {@code [a b]}, {@code map[k:v]}, {@code <no value>}. */
  static String of(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(value, out, true);
    return out.toString();
  }

  private static void append(@Nullable Object value, StringBuilder out, boolean top) {
    switch (value) {
      case null -> out.append(top ? "<no value>" : "<nil>");
      case List<?> list -> {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
          if (i > 0) {
            out.append(' ');
          }
          append(list.get(i), out, false);
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append("map[");
        boolean first = true;
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
          if (!first) {
            out.append(' ');
          }
          first = false;
          out.append(entry.getKey()).append(':');
          append(entry.getValue(), out, false);
        }
        out.append(']');
      }
      default -> out.append(value);
    }
  }

  /** A value's type in Go's words, for messages. */
  static String type(Object value) {
    return switch (value) {
      case String text -> "string";
      case Boolean truth -> "bool";
      case Double number -> "float64";
      case Number number -> "int64";
      case List<?> list -> "[]interface {}";
      case Map<?, ?> map -> "map[string]interface {}";
      default -> "interface {}";
    };
  }

  /** Go's Sprintf, for the verbs v, s, q, d, t, x and f with flags, width and precision. */
  static String format(String format, List<? extends @Nullable Object> arguments) {
    StringBuilder out = new StringBuilder();
    int argument = 0;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int from = ++i;
      boolean left = false;
      boolean zeros = false;
      boolean plus = false;
      while (i < format.length() && "-0+# ".indexOf(format.charAt(i)) >= 0) {
        left |= format.charAt(i) == '-';
        zeros |= format.charAt(i) == '0';
        plus |= format.charAt(i) == '+';
        i++;
      }
      int width = 0;
      while (i < format.length() && Character.isDigit(format.charAt(i))) {
        width = Math.min(width * 10 + Character.digit(format.charAt(i++), 10), 10_000);
      }
      int precision = -1;
      if (i < format.length() && format.charAt(i) == '.') {
        i++;
        precision = 0;
        while (i < format.length() && Character.isDigit(format.charAt(i))) {
          precision = Math.min(precision * 10 + Character.digit(format.charAt(i++), 10), 10_000);
        }
      }
      if (i >= format.length()) {
        out.append("%!(NOVERB)");
        break;
      }
      char verb = format.charAt(i);
      if (verb == '%') {
        out.append('%');
        continue;
      }
      if (argument >= arguments.size()) {
        out.append("%!").append(verb).append("(MISSING)");
        continue;
      }
      String text = one(verb, precision, arguments.get(argument++), format.substring(from, i));
      if (plus && verb == 'd' && !text.startsWith("-")) {
        text = "+" + text;
      }
      String padding = " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
      if (left) {
        out.append(text).append(padding);
      } else if (zeros && (verb == 'd' || verb == 'f' || verb == 'x')) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        out.append(text, 0, signed ? 1 : 0);
        out.append(padding.replace(' ', '0')).append(text, signed ? 1 : 0, text.length());
      } else {
        out.append(padding).append(text);
      }
    }
    if (argument < arguments.size()) {
      out.append("%!(EXTRA ");
      for (int i = argument; i < arguments.size(); i++) {
        Object extra = arguments.get(i);
        out.append(i > argument ? ", " : "");
        out.append(extra == null ? "<nil>" : type(extra) + "=" + of(extra));
      }
      out.append(')');
    }
    return out.toString();
  }

  private static String one(char verb, int precision, @Nullable Object value, String flags) {
    switch (verb) {
      case 'v':
        return value instanceof Map<?, ?> && flags.contains("#")
            ? JsonText.compact(value)
            : value == null ? "<nil>" : of(value);
      case 's':
      case 'q':
        String text = value == null ? "%!" + verb + "(<nil>)" : of(value);
        if (precision >= 0 && text.codePointCount(0, text.length()) > precision) {
          text = text.substring(0, text.offsetByCodePoints(0, precision));
        }
        return verb == 'q' ? JsonText.compact(text) : text;
      case 'd':
        return value instanceof Number number && !(number instanceof Double)
            ? Long.toString(number.longValue())
            : mismatch(verb, value);
      case 't':
        return value instanceof Boolean ? value.toString() : mismatch(verb, value);
      case 'x':
        return value instanceof Number number
            ? Long.toHexString(number.longValue())
            : value instanceof String s
                ? java.util.HexFormat.of()
                    .formatHex(s.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                : mismatch(verb, value);
      case 'f':
        return value instanceof Number number
            ? java.math.BigDecimal.valueOf(number.doubleValue())
                .setScale(precision < 0 ? 6 : precision, java.math.RoundingMode.HALF_EVEN)
                .toPlainString()
            : mismatch(verb, value);
      default:
        return mismatch(verb, value);
    }
  }

  private static String mismatch(char verb, @Nullable Object value) {
    return "%!" + verb + "(" + (value == null ? "<nil>" : type(value) + "=" + of(value)) + ")";
  }
}
