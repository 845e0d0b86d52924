package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourcePaths;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.dockerfile.IgnoreFile;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the sources of a COPY or ADD turned out to be.
 *
 * @param sources in the order of the instruction; a pattern gives any number
 * @param unmatched the patterns that matched nothing
 */
public record Selection(List<Source> sources, List<String> unmatched) {
  /** What is before it in a source of {@code --parents} is not kept. */
  private static final String PIVOT = "/./";

  public Selection {
    sources = List.copyOf(sources);
    unmatched = List.copyOf(unmatched);
  }

  /**
   * One source.
   *
   * @param name the last part of its path as it was written or matched: what a file is called in a
   *     destination directory
   * @param top the file or directory itself, links followed
   * @param files all that is copied: what is beneath a directory, parents before children, siblings
   *     by byte order of names; or the file alone
   */
  public record Source(String name, SourceFile top, List<SourceFile> files) {
    public boolean isDirectory() {
      return top.isDirectory();
    }
  }

  /** Every file of every source. */
  public Iterable<SourceFile> files() {
    if (sources.size() == 1) {
      return sources.getFirst().files();
    }
    List<SourceFile> all = new ArrayList<>();
    for (Source source : sources) {
      all.addAll(source.files());
    }
    return all;
  }

  /**
   * Looks the sources up; what no source names is not looked at.
   *
   * @param paths as written: {@code ./a}, {@code /a} and {@code a} are the same
   * @param excludes what to leave out of each source, by paths relative to it; null for nothing
   * @param verb COPY or ADD, for messages
   * @throws CooperException.NotFound in Docker's words, if a path that is no pattern leads to
   *     nothing
   * @throws CooperException.InvalidInput in Docker's words, if a path leads out of the tree
   */
  public static Selection of(
      SourceTree tree, List<String> paths, @Nullable IgnoreFile excludes, String verb)
      throws IOException {
    List<Source> sources = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (String path : paths) {
      String clean = clean(path, verb);
      if (!SourcePaths.isPattern(clean)) {
        sources.add(source(tree, SourcePaths.unescape(clean), excludes, verb));
        continue;
      }
      List<String> matching = SourcePaths.matching(tree, clean);
      if (matching.isEmpty()) {
        unmatched.add(path);
      }
      for (String match : matching) {
        SourceFile at = tree.lookup(match);
        if (at != null && !isExcluded(excludes, at.name(), at)) {
          sources.add(source(tree, match, excludes, verb));
        }
      }
    }
    return new Selection(sources, unmatched);
  }

  /**
   * As {@link #of}, keeping the directories above each source: {@code --parents}. What is copied of
   * a path is all of it, or what is behind {@code /./} in it; a part {@code **} of a pattern stands
   * for any number of directories.
   */
  public static Selection withParents(
      SourceTree tree, List<String> paths, @Nullable IgnoreFile excludes, String verb)
      throws IOException {
    List<Source> sources = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (String path : paths) {
      int pivot = path.indexOf(PIVOT);
      String above = pivot < 0 ? "" : clean(path.substring(0, pivot), verb);
      String clean = clean(path, verb);
      SourceFile top = SourcePaths.resolve(tree, SourcePaths.unescape(above));
      boolean isPattern = SourcePaths.isPattern(clean);
      List<String> matching =
          isPattern
              ? SourcePaths.matching(tree, clean, true)
              : List.of(SourcePaths.unescape(clean));
      if (matching.isEmpty()) {
        unmatched.add(path);
        continue;
      }
      if (top == null || (!isPattern && tree.lookup(matching.getFirst()) == null)) {
        throw notFound(verb, matching.getFirst());
      }
      Map<String, SourceFile> files = new TreeMap<>(CopyPlan::order);
      for (String match : matching) {
        addWithParents(tree, top, match, excludes, files);
      }
      sources.add(new Source(top.name(), top, List.copyOf(files.values())));
    }
    return new Selection(sources, unmatched);
  }

  private static void addWithParents(
      SourceTree tree,
      SourceFile top,
      String path,
      @Nullable IgnoreFile excludes,
      Map<String, SourceFile> files)
      throws IOException {
    int prefix = top.path().isEmpty() ? 0 : top.path().length() + 1;
    SourceFile file = tree.lookup(path);
    if (file == null || path.length() < prefix) {
      return;
    }
    List<SourceFile> beneath = new ArrayList<>();
    if (file.isDirectory()) {
      walk(tree, file, prefix, excludes, beneath);
    }
    boolean excluded = !path.isEmpty() && isExcluded(excludes, path.substring(prefix), file);
    if (excluded && beneath.isEmpty()) {
      return;
    }
    for (int slash = path.indexOf('/', prefix); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      SourceFile parent = tree.lookup(path.substring(0, slash));
      if (parent != null) {
        files.putIfAbsent(parent.path(), parent);
      }
    }
    if (path.length() > prefix) {
      files.put(path, file);
    }
    for (SourceFile each : beneath) {
      files.put(each.path(), each);
    }
  }

  private static CooperException notFound(String verb, String path) {
    return new CooperException.NotFound(
        verb
            + " failed: file not found in build context or excluded by .dockerignore: stat "
            + path
            + ": file does not exist");
  }

  private static Source source(
      SourceTree tree, String path, @Nullable IgnoreFile excludes, String verb) throws IOException {
    SourceFile top = SourcePaths.resolve(tree, path);
    if (top == null) {
      throw notFound(verb, path);
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (!top.isDirectory()) {
      return new Source(name, top, List.of(top));
    }
    List<SourceFile> files = new ArrayList<>();
    int prefix = top.path().isEmpty() ? 0 : top.path().length() + 1;
    walk(tree, top, prefix, excludes, files);
    return new Source(name, top, files);
  }

  private static void walk(
      SourceTree tree,
      SourceFile directory,
      int prefix,
      @Nullable IgnoreFile excludes,
      List<SourceFile> files)
      throws IOException {
    for (SourceFile file : tree.children(directory)) {
      String relative = excludes == null ? "" : file.path().substring(prefix);
      boolean excluded = isExcluded(excludes, relative, file);
      if (!excluded) {
        files.add(file);
      }
      if (file.isDirectory() && !(excluded && excludes != null && excludes.skipsWholly(relative))) {
        int before = files.size();
        walk(tree, file, prefix, excludes, files);
        if (excluded && files.size() > before) {
          // Something in it is wanted after all.
          files.add(before, file);
        }
      }
    }
  }

  private static boolean isExcluded(
      @Nullable IgnoreFile excludes, String relative, SourceFile file) {
    return excludes != null && excludes.ignores(relative, file.isDirectory());
  }

  /** The path from the tree's root, without {@code .} and {@code ..}; empty for the root. */
  private static String clean(String path, String verb) {
    List<String> parts = new ArrayList<>();
    boolean absolute = path.startsWith("/");
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (!part.equals("..")) {
        parts.add(part);
      } else if (!parts.isEmpty()) {
        parts.removeLast();
      } else if (!absolute) {
        throw new CooperException.InvalidInput(
            verb + " failed: forbidden path outside the build context: " + path + " ()",
            "copy the file into the context, or run the build from a folder above");
      }
    }
    return String.join("/", parts);
  }
}
