package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IgnoreFilePropertiesTest {

  @Property(tries = 5000)
  void agreesWithARegularExpression(
      @ForAll("patterns") String pattern, @ForAll("paths") String path) {
    IgnoreFile file = IgnoreFile.ofPatterns(List.of(pattern));
    boolean expected = false;
    int slash = path.indexOf('/');
    while (slash >= 0) {
      expected |= matches(pattern, path.substring(0, slash));
      slash = path.indexOf('/', slash + 1);
    }
    expected |= matches(pattern, path);

    assertThat(file.ignores(path, false)).as("%s on %s", pattern, path).isEqualTo(expected);
  }

  /** The rules put as plainly as can be. */
  private static boolean matches(String pattern, String path) {
    String text = CleanPath.of(pattern);
    String plain = text.replace("**", "");
    if (plain.indexOf('*') < 0 && plain.indexOf('?') < 0) {
      int first = text.indexOf("**");
      boolean one = first >= 0 && first == text.lastIndexOf("**");
      if (first < 0) {
        return path.equals(text);
      }
      if (one && first == 0) {
        String end = text.substring(2);
        return path.endsWith(end) || (end.startsWith("/") && path.equals(end.substring(1)));
      }
      if (one && first == text.length() - 2) {
        return path.startsWith(text.substring(0, first));
      }
    }
    StringBuilder expression = new StringBuilder();
    int index = 0;
    while (index < text.length()) {
      if (text.startsWith("**", index)) {
        index += text.startsWith("**/", index) ? 3 : 2;
        expression.append(index == text.length() ? ".*" : "(.*/)?");
      } else {
        char character = text.charAt(index++);
        expression.append(
            switch (character) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(Character.toString(character));
            });
      }
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(path).matches();
  }

  @Property(tries = 2000)
  void theLastMatchDecides(@ForAll("lists") List<String> patterns, @ForAll("paths") String path) {
    IgnoreFile file = IgnoreFile.ofPatterns(patterns);

    assertThat(file.ignores(path, false)).isEqualTo(naive(patterns, path));
  }

  /** Goes down to the path and lets every rule that matters speak on every level. */
  private static boolean naive(List<String> patterns, String path) {
    List<Boolean> above = new ArrayList<>();
    for (int index = 0; index < patterns.size(); index++) {
      above.add(false);
    }
    boolean out = false;
    for (int end = 1; end <= path.length(); end++) {
      if (end < path.length() && path.charAt(end) != '/') {
        continue;
      }
      out = false;
      List<Boolean> here = new ArrayList<>();
      for (int index = 0; index < patterns.size(); index++) {
        String pattern = patterns.get(index);
        boolean brings = pattern.startsWith("!");
        String text = brings ? pattern.substring(1) : pattern;
        boolean match = above.get(index);
        if (!match && brings == out) {
          match = matches(text, path.substring(0, end));
        }
        here.add(match);
        if (match) {
          out = !brings;
        }
      }
      above = here;
    }
    return out;
  }

  @Property(tries = 3000)
  void nothingIsBroughtBackFromASkippedDirectory(
      @ForAll("lists") List<String> patterns,
      @ForAll("paths") String directory,
      @ForAll("paths") String below) {
    IgnoreFile file = IgnoreFile.ofPatterns(patterns);
    if (file.skipsWholly(directory)) {
      assertThat(file.ignores(directory + "/" + below, false))
          .as("%s, %s/%s", patterns, directory, below)
          .isTrue();
    }
  }

  @Property(tries = 2000)
  void anyTextIsReadOrRefused(@ForAll("garbage") String text) {
    try {
      IgnoreFile file = IgnoreFile.parse(text);
      file.ignores("a/b.c/[d]", true);
      file.skipsWholly("a/b");
    } catch (DockerfileException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e.render()).contains(".dockerignore:");
    }
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("a", "b", "ab", ".", "*", "?", "**", "/", "/", "**/", "c.d")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces))
        .filter(text -> !CleanPath.of(text).equals(".") && !text.contains("***"))
        .filter(text -> !text.startsWith("/"));
  }

  @Provide
  Arbitrary<List<String>> lists() {
    Arbitrary<String> one =
        patterns()
            .map(CleanPath::of)
            .filter(text -> !text.startsWith("/"))
            .flatMap(pattern -> Arbitraries.of(pattern, pattern, "!" + pattern));
    return one.list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("a", "b", "ab", "aab", "c.d", ".a", "a.b")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("/", parts));
  }

  @Provide
  Arbitrary<String> garbage() {
    return Arbitraries.of(
            "a", "*", "**", "?", "[", "]", "^", "-", "\\", "/", "!", "#", "\n", "\r\n", " ", "..",
            ".", "é", "\uD800", "\uFEFF", "\0")
        .list()
        .ofMaxSize(20)
        .map(list -> String.join("", list));
  }
}
