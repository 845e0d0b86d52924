package dev.cooper.cli.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of Go's templates and those that Docker's command adds. */
final class TemplateFunctions {
  /** A function given something that it cannot work on. */
  static final class Misuse extends Exception {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
      super(message, null, false, false);
    }
  }

  private static final Set<String> NAMES =
      Set.of(
          "and",
          "or",
          "not",
          "len",
          "index",
          "slice",
          "print",
          "printf",
          "println",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "json",
          "join",
          "split",
          "upper",
          "lower",
          "title",
          "truncate",
          "pad");

  private TemplateFunctions() {}

  static boolean has(String name) {
    return NAMES.contains(name);
  }

  static @Nullable Object call(String name, List<? extends @Nullable Object> given) throws Misuse {
    return switch (name) {
      case "and" -> logical(given, false);
      case "or" -> logical(given, true);
      case "not" -> !TemplateRun.isTrue(argument(given, 0));
      case "len" -> length(argument(given, 0));
      case "index" -> index(given);
      case "slice" -> slice(given);
      case "print" -> print(given);
      case "println" -> spaced(given) + "\n";
      case "printf" ->
          GoText.format(text(given, 0), given.subList(Math.min(1, given.size()), given.size()));
      case "eq" -> equal(given);
      case "ne" -> !same(argument(given, 0), argument(given, 1));
      case "lt" -> compare(given) < 0;
      case "le" -> compare(given) <= 0;
      case "gt" -> compare(given) > 0;
      case "ge" -> compare(given) >= 0;
      case "json" -> JsonText.compact(argument(given, 0));
      case "join" -> join(argument(given, 0), text(given, 1));
      case "split" ->
          List.of(text(given, 0).split(java.util.regex.Pattern.quote(text(given, 1)), -1));
      case "upper" -> text(given, 0).toUpperCase(Locale.ROOT);
      case "lower" -> text(given, 0).toLowerCase(Locale.ROOT);
      case "title" -> title(text(given, 0));
      case "truncate" -> {
        String text = text(given, 0);
        yield text.substring(0, (int) Math.clamp(number(given, 1), 0, text.length()));
      }
      case "pad" -> {
        String text = text(given, 0);
        yield text.isEmpty()
            ? text
            : " ".repeat((int) Math.clamp(number(given, 1), 0, 1000))
                + text
                + " ".repeat((int) Math.clamp(number(given, 2), 0, 1000));
      }
      default -> throw new Misuse("not defined");
    };
  }

  private static @Nullable Object argument(List<? extends @Nullable Object> given, int at)
      throws Misuse {
    if (at >= given.size()) {
      throw new Misuse("wrong number of args: want at least " + (at + 1) + " got " + given.size());
    }
    return given.get(at);
  }

  private static String text(List<? extends @Nullable Object> given, int at) throws Misuse {
    Object value = argument(given, at);
    if (value instanceof String text) {
      return text;
    }
    throw new Misuse(
        "wrong type for value; expected string; got "
            + (value == null ? "nil" : GoText.type(value)));
  }

  private static long number(List<? extends @Nullable Object> given, int at) throws Misuse {
    if (argument(given, at) instanceof Number number) {
      return number.longValue();
    }
    throw new Misuse("wrong type for value; expected int");
  }

  private static @Nullable Object logical(List<? extends @Nullable Object> given, boolean stopAt)
      throws Misuse {
    Object value = argument(given, 0);
    for (Object next : given) {
      value = next;
      if (TemplateRun.isTrue(value) == stopAt) {
        break;
      }
    }
    return value;
  }

  private static long length(@Nullable Object value) throws Misuse {
    return switch (value) {
      case String text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default -> throw new Misuse("len of untyped nil");
    };
  }

  private static @Nullable Object index(List<? extends @Nullable Object> given) throws Misuse {
    Object value = argument(given, 0);
    for (int i = 1; i < given.size(); i++) {
      Object key = given.get(i);
      if (value instanceof Map<?, ?> map) {
        // What a map of texts does not hold is the empty text, Go's zero value.
        value = map.containsKey(String.valueOf(key)) ? map.get(String.valueOf(key)) : "";
      } else if (value instanceof List<?> list) {
        long at = number(given, i);
        if (at < 0 || at >= list.size()) {
          throw new Misuse("index out of range: " + at);
        }
        value = list.get((int) at);
      } else if (value == null) {
        throw new Misuse("index of untyped nil");
      } else {
        throw new Misuse("can't index item of type " + GoText.type(value));
      }
    }
    return value;
  }

  private static Object slice(List<? extends @Nullable Object> given) throws Misuse {
    Object value = argument(given, 0);
    int size = (int) length(value);
    int from = given.size() > 1 ? (int) number(given, 1) : 0;
    int to = given.size() > 2 ? (int) number(given, 2) : size;
    if (from < 0 || to > size || from > to) {
      throw new Misuse("index out of range: " + to);
    }
    if (value instanceof List<?> list) {
      return list.subList(from, to);
    }
    byte[] bytes = String.valueOf(value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Go's Sprint: a blank between operands when neither is a text. */
  private static String print(List<? extends @Nullable Object> given) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < given.size(); i++) {
      if (i > 0 && !(given.get(i) instanceof String) && !(given.get(i - 1) instanceof String)) {
        out.append(' ');
      }
      out.append(GoText.of(given.get(i)));
    }
    return out.toString();
  }

  private static String spaced(List<? extends @Nullable Object> given) {
    List<String> texts = new ArrayList<>();
    for (Object value : given) {
      texts.add(GoText.of(value));
    }
    return String.join(" ", texts);
  }

  private static boolean equal(List<? extends @Nullable Object> given) throws Misuse {
    Object first = argument(given, 0);
    Object unused = argument(given, 1);
    for (int i = 1; i < given.size(); i++) {
      if (same(first, given.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    return Objects.equals(a, b);
  }

  private static int compare(List<? extends @Nullable Object> given) throws Misuse {
    Object a = argument(given, 0);
    Object b = argument(given, 1);
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    throw new Misuse("incompatible types for comparison");
  }

  private static String join(@Nullable Object list, String separator) throws Misuse {
    if (!(list instanceof List<?> elements)) {
      throw new Misuse("wrong type for value; expected []string");
    }
    List<String> texts = new ArrayList<>();
    for (Object element : elements) {
      texts.add(GoText.of(element));
    }
    return String.join(separator, texts);
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean start = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(start ? Character.toTitleCase(c) : c);
      start = !Character.isLetterOrDigit(c) && c != '_' && c != '\'';
    }
    return out.toString();
  }
}
