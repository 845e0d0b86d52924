package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.Arrays;
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
    /** Parts that never match a slash, after {@code **}{@code /} or from the start. */
    COMPONENTS,
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

  /** How many slashes a match of the parts behind a leading {@code **}{@code /} has. */
  private final int slashes;

  private IgnorePattern(Form form, String fixed, int[] parts, List<CharacterClass> classes) {
    this.form = form == Form.GENERAL && isComponents(parts) ? Form.COMPONENTS : form;
    this.fixed = fixed;
    this.parts = parts;
    this.classes = classes;
    int count = 0;
    for (int part : parts) {
      count += part == '/' ? 1 : 0;
    }
    this.slashes = count;
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

  private static boolean isComponents(int[] parts) {
    for (int index = 0; index < parts.length; index++) {
      int part = parts[index];
      if (part <= REST || (part == DIRECTORIES && index > 0)) {
        return false;
      }
    }
    return true;
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
          case EXACT, COMPONENTS, GENERAL -> pattern;
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
      case COMPONENTS -> path.startsWith(start) && path.endsWith(end) && matchesComponents(path);
      case GENERAL -> path.startsWith(start) && path.endsWith(end) && run(path).isMatch();
    };
  }

  private boolean matchesComponents(String path) {
    boolean anyDepth = parts.length > 0 && parts[0] == DIRECTORIES;
    int from = path.length();
    for (int count = 0; count <= slashes; count++) {
      if (from < 0) {
        return false; // The path has too few components.
      }
      from = path.lastIndexOf('/', from - 1);
    }
    if (!anyDepth) {
      return from < 0 && matchesFrom(path, 0, 0);
    }
    // A directory name with a line end is left to the exact way.
    if (from > 0 && path.lastIndexOf('\n', from) >= 0) {
      return run(path).isMatch();
    }
    return matchesFrom(path, from + 1, 1);
  }

  /**
   * Matches parts of which none but a literal matches a slash. Only the last star ever has to be
   * tried with more text: one before it gains nothing, as no star gets across a slash.
   */
  private boolean matchesFrom(String path, int from, int firstPart) {
    int index = from;
    int part = firstPart;
    int starPart = -1;
    int starIndex = -1;
    while (index < path.length()) {
      int character = path.codePointAt(index);
      int what = part < parts.length ? parts[part] : REST;
      if (what == STAR) {
        starPart = part++;
        starIndex = index;
      } else if (what >= 0 ? what == character : what == ANY && character != '/') {
        part++;
        index += Character.charCount(character);
      } else if (starPart >= 0 && path.charAt(starIndex) != '/') {
        starIndex += Character.charCount(path.codePointAt(starIndex));
        index = starIndex;
        part = starPart + 1;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part] == STAR) {
      part++;
    }
    return part == parts.length;
  }

  /** Whether anything below a directory can match. */
  boolean canMatchBeneath(String directory) {
    String inside = directory + "/";
    return switch (form) {
      case EXACT -> fixed.startsWith(inside);
      case PREFIX -> fixed.startsWith(inside) || inside.startsWith(fixed);
      case SUFFIX -> true;
      case COMPONENTS, GENERAL -> run(inside).isOpen();
    };
  }

  /** Follows all ways of matching at once, so that no pattern takes long. */
  private Progress run(String path) {
    Progress progress = new Progress(parts.length);
    progress.reached[0] = true;
    progress.skipOptional(parts);
    Progress next = new Progress(parts.length);
    int index = 0;
    while (index < path.length()) {
      int character = path.codePointAt(index);
      index += Character.charCount(character);
      boolean alive = false;
      for (int part = 0; part < parts.length; part++) {
        if (progress.reached[part] || progress.within[part]) {
          alive |= step(part, character, progress.reached[part], next);
        }
      }
      next.skipOptional(parts);
      Progress spent = progress;
      progress = next;
      if (!alive) {
        return progress;
      }
      spent.clear();
      next = spent;
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

    void clear() {
      Arrays.fill(reached, false);
      Arrays.fill(within, false);
    }

    boolean isMatch() {
      return reached[within.length];
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
