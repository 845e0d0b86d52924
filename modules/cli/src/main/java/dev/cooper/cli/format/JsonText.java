package dev.cooper.cli.format;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of maps, lists, texts, numbers, truth values and null, in the order they have. */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** On one line. */
  public static String compact(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, -1);
    return out.toString();
  }

  /** Indented by four blanks, as {@code docker inspect} prints. */
  public static String indented(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, 0);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out, int depth) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> writeMap(map, out, depth);
      case List<?> list -> writeList(list, out, depth);
      case CharSequence text -> quote(text, out);
      default -> out.append(value);
    }
  }

  private static void writeMap(Map<?, ?> map, StringBuilder out, int depth) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    boolean any = entries.hasNext();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      newLine(out, depth < 0 ? -1 : depth + 1);
      quote(String.valueOf(entry.getKey()), out);
      out.append(depth < 0 ? ":" : ": ");
      write(entry.getValue(), out, depth < 0 ? -1 : depth + 1);
      if (entries.hasNext()) {
        out.append(',');
      }
    }
    if (any) {
      newLine(out, depth);
    }
    out.append('}');
  }

  private static void writeList(List<?> list, StringBuilder out, int depth) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      newLine(out, depth < 0 ? -1 : depth + 1);
      write(list.get(i), out, depth < 0 ? -1 : depth + 1);
      if (i + 1 < list.size()) {
        out.append(',');
      }
    }
    if (!list.isEmpty()) {
      newLine(out, depth);
    }
    out.append(']');
  }

  private static void newLine(StringBuilder out, int depth) {
    if (depth >= 0) {
      out.append('\n').append(" ".repeat(4 * depth));
    }
  }

  private static void quote(CharSequence text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || (Character.isSurrogate(c) && !paired(text, i))) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              out.append(HEX.charAt(c >> shift & 15));
            }
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(CharSequence text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
