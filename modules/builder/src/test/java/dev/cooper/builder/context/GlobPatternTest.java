package dev.cooper.builder.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobPatternTest {

  /** Facts about Go's filepath.Match. */
  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "*, abc, true",
    "*c, abc, true",
    "a*, a, true",
    "a*, abc, true",
    "a*b*c*d*e*, axbxcxdxe, true",
    "a*b?c*x, abxbbxdbxebxczzx, true",
    "a*b?c*x, abxbbxdbxebxczzy, false",
    "ab[c], abc, true",
    "ab[b-d], abc, true",
    "ab[e-g], abc, false",
    "ab[^c], abc, false",
    "ab[^e-g], abc, true",
    "a\\*b, a*b, true",
    "a\\*b, ab, false",
    "a?b, a☺b, true",
    "a[^a]b, a☺b, true",
    "[\\]a], ], true",
    "[\\-], -, true",
    "[x\\-], x, true",
    "[x\\-], z, false",
    "*x, xxx, true",
    "a[, a, false",
  })
  void matches(String pattern, String name, boolean expected) {
    if (pattern.equals("a[")) {
      assertThatThrownBy(() -> GlobPattern.parse(pattern))
          .isInstanceOf(CooperException.InvalidInput.class);
      return;
    }
    assertThat(GlobPattern.parse(pattern).matches(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]a]", "[-]", "[x-]", "[-x]", "[a-b-c]", "[", "[^", "[^bc", "*\\"})
  void malformed(String pattern) {
    assertThatThrownBy(() -> GlobPattern.parse(pattern))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining(pattern);
  }

  /** Where only stars and question marks are used, the JDK's globs mean the same. */
  @Property
  void agreesWithTheJdk(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(min = 1, max = 8) String pattern,
      @ForAll @Chars({'a', 'b'}) @StringLength(min = 1, max = 8) String name) {
    boolean expected =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
    assertThat(GlobPattern.parse(pattern).matches(name)).isEqualTo(expected);
  }
}
