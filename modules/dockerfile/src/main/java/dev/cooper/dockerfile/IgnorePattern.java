package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * One pattern of a .dockerignore file.
 *
 * <p>{@code *} is any text without a slash, {@code ?} any character but a slash, {@code [a-z]} and
 * {@code [^a-z]} one of a set, a backslash takes the next character as it is. {@code **} is any
 * text; {@code **}{@code /} is any number of directories, none included. A pattern with nothing
 * special but a {@code **} at one end is compared as plain text, so {@code **file} also matches
 * {@code afile}.
 */
final class IgnorePattern {
  private enum Form {
    EXACT,
    PREFIX,
    SUFFIX,
    GENERAL
  }

  private static final int ANY = -1;
  private static final int STAR = -2;
  private static final int DIRECTORIES = -3;
  private static final int REST = -4;

  /** From here down, a part is a set of characters: {@code CLASS - index}. */
  private static final int CLASS = -100;

  private final Form form;

  /** The text to compare with, of all forms but the general one. */
  private final String fixed;

  /** What every match of a general pattern starts with, and what it ends with. */
  private final String start;

  private final String end;
  private final int[] parts;
  private final List<CharacterClass> classes;

  private IgnorePattern(Form form, String fixed, int[] parts, List<CharacterClass> classes) {
    this.form = form;
    this.fixed = fixed;
    this.parts = parts;
    this.classes = classes;
    int leading = 0;
    while (leading < parts.length && parts[leading] >= 0) {
      leading++;
    }
    int trailing = parts.length;
    while (trailing > leading && parts[trailing - 1] >= 0) {
      trailing--;
    }
    this.start = new String(parts, 0, leading);
    this.end = new String(parts, trailing, parts.length - trailing);
  }

  /**
   * @param pattern clean: no empty, {@code .} or inner {@code ..} components
   * @throws Malformed if a set is not closed or empty, or a backslash stands at the end
   */
  static IgnorePattern parse(String pattern) {
    int[] text = pattern.codePoints().toArray();
    List<Integer> parts = new ArrayList<>(text.length);
    List<CharacterClass> classes = new ArrayList<>();
    Form form = Form.EXACT;
    int index = 0;
    while (index < text.length) {
      int character = text[index];
      if (character == '*' && index + 1 < text.length && text[index + 1] == '*') {
        boolean first = index == 0;
        index += 2;
        if (index < text.length && text[index] == '/') {
          index++;
        }
        boolean last = index == text.length;
        parts.add(last ? REST : DIRECTORIES);
        form = first ? Form.SUFFIX : last && form == Form.EXACT ? Form.PREFIX : Form.GENERAL;
        continue;
      }
      switch (character) {
        case '*' -> parts.add(STAR);
        case '?' -> parts.add(ANY);
        case '[' -> {
          CharacterClass set = CharacterClass.parse(text, index + 1, pattern);
          parts.add(CLASS - classes.size());
          classes.add(set);
          index = set.end() - 1;
        }
        case '\\' -> {
          index++;
          if (index == text.length) {
            throw CharacterClass.bad(pattern);
          }
          parts.add(text[index]);
        }
        default -> parts.add(character);
      }
      if ("*?[\\".indexOf(character) >= 0) {
        form = Form.GENERAL;
      }
      index++;
    }
    String fixed =
        switch (form) {
          case EXACT, GENERAL -> pattern;
          case PREFIX -> pattern.substring(0, pattern.lastIndexOf("**"));
          case SUFFIX -> pattern.substring(2);
        };
    int[] array = new int[parts.size()];
    for (int position = 0; position < array.length; position++) {
      array[position] = parts.get(position);
    }
    return new IgnorePattern(form, fixed, array, classes);
  }

  /** Whether the whole path matches. */
  boolean matches(String path) {
    return switch (form) {
      case EXACT -> path.equals(fixed);
      case PREFIX -> path.startsWith(fixed);
      case SUFFIX ->
          path.endsWith(fixed)
              || (path.length() == fixed.length() - 1
                  && fixed.charAt(0) == '/'
                  && fixed.startsWith(path, 1));
      case GENERAL ->
          path.startsWith(start) && path.endsWith(end) && run(path).reached[parts.length];
    };
  }

  /** Whether anything below a directory can match. */
  boolean canMatchBeneath(String directory) {
    String inside = directory + "/";
    return switch (form) {
      case EXACT -> fixed.startsWith(inside);
      case PREFIX -> fixed.startsWith(inside) || inside.startsWith(fixed);
      case SUFFIX -> true;
      case GENERAL -> run(inside).isOpen();
    };
  }

  /** Follows all ways of matching at once, so that no pattern takes long. */
  private Progress run(String path) {
    Progress progress = new Progress(parts);
    int index = 0;
    while (index < path.length()) {
      int character = path.codePointAt(index);
      index += Character.charCount(character);
      Progress next = new Progress(parts.length);
      boolean alive = false;
      for (int part = 0; part < parts.length; part++) {
        if (progress.reached[part] || progress.within[part]) {
          alive |= step(part, character, progress.reached[part], next);
        }
      }
      if (!alive) {
        return next;
      }
      next.skipOptional(parts);
      progress = next;
    }
    return progress;
  }

  private boolean step(int part, int character, boolean fresh, Progress next) {
    int what = parts[part];
    switch (what) {
      case STAR -> {
        if (!fresh || character == '/') {
          return false;
        }
        next.reached[part] = true;
      }
      case REST -> {
        if (!fresh || character == '\n') {
          return false;
        }
        next.reached[part] = true;
      }
      case DIRECTORIES -> {
        if (character == '\n') {
          return false;
        }
        next.within[part] = true;
        if (character == '/') {
          next.reached[part + 1] = true;
        }
      }
      default -> {
        boolean fits =
            what >= 0
                ? what == character
                : what == ANY ? character != '/' : classes.get(CLASS - what).has(character);
        if (!fresh || !fits) {
          return false;
        }
        next.reached[part + 1] = true;
      }
    }
    return true;
  }

  /** The parts that may come next, and the directory parts that are in the middle of a name. */
  private static final class Progress {
    final boolean[] reached;
    final boolean[] within;

    Progress(int parts) {
      reached = new boolean[parts + 1];
      within = new boolean[parts];
    }

    /** Before any text. */
    Progress(int[] parts) {
      this(parts.length);
      reached[0] = true;
      skipOptional(parts);
    }

    void skipOptional(int[] parts) {
      for (int part = 0; part < parts.length; part++) {
        if (reached[part] && (parts[part] <= STAR && parts[part] >= REST)) {
          reached[part + 1] = true;
        }
      }
    }

    /** Whether more text can lead to a match. */
    boolean isOpen() {
      for (int part = 0; part < within.length; part++) {
        if (reached[part] || within[part]) {
          return true;
        }
      }
      return false;
    }
  }
}
