package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A .dockerignore file: which paths of a context are left out.
 *
 * <p>A path is left out if a pattern matches it or a directory above it, and no later {@code !}
 * pattern does; the last one that matches decides. To ask about many paths, walk down from {@link
 * #root()}: each directory remembers what matched above.
 *
 * <p>A directory that is left out may hold paths that are not, see {@link Directory#skipsWholly()};
 * such paths bring their directories with them.
 */
public final class IgnoreFile {
  /** Nothing is left out. */
  public static final IgnoreFile EMPTY = new IgnoreFile(List.of(), false);

  private record Rule(String text, IgnorePattern pattern, boolean brings) {}

  private final Rule[] rules;
  private final boolean hasExceptions;
  private final Directory root;

  /** What was asked for last. It is a value, so it does not matter which thread put it here. */
  private volatile @Nullable Directory last;

  private IgnoreFile(List<Rule> rules, boolean hasExceptions) {
    this.rules = rules.toArray(new Rule[0]);
    this.hasExceptions = hasExceptions;
    this.root = new Directory("", new boolean[rules.size()], false);
  }

  /**
   * Reads the text of a .dockerignore file.
   *
   * @throws DockerfileException with every pattern that is malformed
   */
  public static IgnoreFile parse(String text) {
    return parse(text, ".dockerignore");
  }

  /** The same with the name that messages call it. */
  public static IgnoreFile parse(String text, String fileName) {
    Source source = new Source(fileName, text);
    List<Rule> rules = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String line : source.lines()) {
      number++;
      String written = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
      try {
        add(written, rules);
      } catch (Malformed e) {
        problems.add(e.at(SourceRange.line(number)));
      }
    }
    if (!problems.isEmpty()) {
      throw new DockerfileException(problems, source);
    }
    return of(rules);
  }

  /**
   * Takes patterns as they are, such as those of {@code COPY --exclude}: no comments.
   *
   * @throws DockerfileException for the first that is malformed
   */
  public static IgnoreFile ofPatterns(List<String> patterns) {
    List<Rule> rules = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        addPattern(pattern, rules);
      } catch (Malformed e) {
        throw new DockerfileException(e.at(SourceRange.line(1)));
      }
    }
    return of(rules);
  }

  private static IgnoreFile of(List<Rule> rules) {
    boolean exceptions = false;
    for (Rule rule : rules) {
      exceptions |= rule.brings;
    }
    return new IgnoreFile(rules, exceptions);
  }

  private static void add(String line, List<Rule> rules) {
    if (!line.startsWith("#")) {
      String written = Blanks.trim(line);
      boolean brings = written.startsWith("!");
      String pattern = Blanks.trim(brings ? written.substring(1) : written);
      if (!pattern.isEmpty()) {
        pattern = CleanPath.of(pattern);
        pattern = pattern.length() > 1 && pattern.startsWith("/") ? pattern.substring(1) : pattern;
      }
      addPattern(brings ? "!" + pattern : pattern, rules);
    }
  }

  private static void addPattern(String written, List<Rule> rules) {
    String pattern = Blanks.trim(written);
    if (pattern.isEmpty()) {
      return;
    }
    pattern = CleanPath.of(pattern);
    boolean brings = pattern.startsWith("!");
    if (pattern.equals("!")) {
      throw new Malformed("illegal exclusion pattern: \"!\"", "!");
    }
    String text = brings ? pattern.substring(1) : pattern;
    rules.add(new Rule(text, IgnorePattern.parse(text), brings));
  }

  /** Whether there is no pattern at all. */
  public boolean isEmpty() {
    return rules.length == 0;
  }

  /** Whether there are {@code !} patterns. */
  public boolean hasExceptions() {
    return hasExceptions;
  }

  /** Whether a pattern leaves out everything there is. */
  boolean ignoresEverything() {
    for (Rule rule : rules) {
      if (!rule.brings
          && (rule.text.equals("*") || rule.text.equals("**") || rule.text.equals("**/*"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a path is left out.
   *
   * @param path relative to the context's root, separated by slashes, clean; the root itself, an
   *     empty path or {@code .}, never is
   * @param isDirectory whether it is a directory, which makes no difference
   */
  public boolean ignores(String path, boolean isDirectory) {
    return !isRoot(path) && above(path).decide(path, null);
  }

  /**
   * Whether a directory can be skipped with all that is in it: it is left out, and no {@code !}
   * pattern can bring back anything beneath.
   */
  public boolean skipsWholly(String directory) {
    return !isRoot(directory) && above(directory).child(directory).skipsWholly();
  }

  private static boolean isRoot(String path) {
    return path.isEmpty() || path.equals(".");
  }

  /** The context's root. */
  public Directory root() {
    return root;
  }

  /** The directory that a path is in; mostly the one that was asked for last. */
  private Directory above(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return root();
    }
    Directory known = last;
    if (known != null && known.path.length() == slash && path.startsWith(known.path)) {
      return known;
    }
    String parent = path.substring(0, slash);
    Directory directory = above(parent).child(parent);
    last = directory;
    return directory;
  }

  /** A directory on the way down a context. Safe to use from several threads at once. */
  public final class Directory {
    private final String path;
    private final boolean[] matched;
    private final boolean ignored;

    private Directory(String path, boolean[] matched, boolean ignored) {
      this.path = path;
      this.matched = matched;
      this.ignored = ignored;
    }

    /** Its path from the root, without a slash at either end; empty for the root. */
    public String path() {
      return path;
    }

    /** Whether it is left out itself. */
    public boolean ignored() {
      return ignored;
    }

    /** Whether an entry of this directory is left out. */
    public boolean ignores(String name) {
      return decide(path(name), null);
    }

    /** A directory in this one. */
    public Directory enter(String name) {
      return child(path(name));
    }

    private Directory child(String child) {
      boolean[] below = new boolean[rules.length];
      boolean out = decide(child, below);
      return new Directory(child, below, out);
    }

    /** Whether it is left out and nothing beneath can be brought back. */
    public boolean skipsWholly() {
      if (!ignored) {
        return false;
      }
      if (hasExceptions) {
        for (Rule rule : rules) {
          if (rule.brings && rule.pattern.canMatchBeneath(path)) {
            return false;
          }
        }
      }
      return true;
    }

    private String path(String name) {
      return path.isEmpty() ? name : path + "/" + name;
    }

    private boolean decide(String child, boolean @Nullable [] below) {
      boolean out = false;
      for (int index = 0; index < rules.length; index++) {
        Rule rule = rules[index];
        // What matched a directory matches all in it. Else a rule is only asked if it matters.
        if (matched[index] || (rule.brings == out && rule.pattern.matches(child))) {
          out = !rule.brings;
          if (below != null) {
            below[index] = true;
          }
        }
      }
      return out;
    }
  }
}
