package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class ExpansionPropertiesTest {
  private static final Variables VARIABLES = name -> name.startsWith("s") ? "v-" + name : null;

  @Property(tries = 3000)
  void anythingIsExpandedOrRefused(@ForAll("texts") String text) {
    for (char escape : new char[] {'\\', '`'}) {
      try {
        Expansion.word(text, escape, VARIABLES);
        Expansion.words(text, escape, VARIABLES);
      } catch (DockerfileException e) {
        assertThat(e).hasMessageStartingWith("failed to process ");
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }

  @Property
  void textWithNothingSpecialStaysAsItIs(@ForAll @AlphaChars String text) {
    assertThat(Expansion.word(text, '\\', VARIABLES)).isEqualTo(text);
  }

  @Property
  void aQuotedValueComesBack(@ForAll String text) {
    String quoted = "'" + text.replace("'", "'\\''") + "'";

    assertThat(Expansion.word(quoted, '\\', VARIABLES)).isEqualTo(text);
  }

  @Property
  void anEscapedValueComesBack(@ForAll String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> escaped.append('\\').appendCodePoint(c));

    assertThat(Expansion.word(escaped.toString(), '\\', VARIABLES)).isEqualTo(text);
  }

  @Property
  void aSettledWordIsNotExpandedAgain(@ForAll("texts") String text) {
    Word word = new Word(text, Word.Kind.EXPANDED, '\\', SourceRange.line(1));
    try {
      Word settled = word.resolved(VARIABLES);
      assertThat(settled.resolved(name -> "other")).isEqualTo(settled);
    } catch (DockerfileException e) {
      assertThat(e.problems()).hasSize(1);
    }
  }

  @Property
  void aVariableIsItsValue(
      @ForAll String value, @ForAll @AlphaChars @StringLength(min = 1) String n) {
    Variables variables = name -> name.equals(n) ? value : null;

    assertThat(Expansion.word("${" + n + "}", '\\', variables)).isEqualTo(value);
    assertThat(Expansion.word("\"$" + n + "\"", '\\', variables)).isEqualTo(value);
    assertThat(Expansion.word("${" + n + "-x}", '\\', variables)).isEqualTo(value);
    assertThat(Expansion.word("${" + n + "+x}", '\\', variables)).isEqualTo("x");
    assertThat(Expansion.word("${" + n + "?}", '\\', variables)).isEqualTo(value);
  }

  @Property
  void trimmingAgreesWithTryingAllLengths(
      @ForAll("values") String value, @ForAll("patterns") String pattern) {
    Variables variables = Variables.of(java.util.Map.of("v", value));
    String shortest = value;
    String longest = value;
    String shortestEnd = value;
    String longestEnd = value;
    for (int length = value.length(); length >= 0; length--) {
      if (matches(pattern, value.substring(0, length))) {
        shortest = value.substring(length);
      }
      if (matches(pattern, value.substring(value.length() - length))) {
        shortestEnd = value.substring(0, value.length() - length);
      }
    }
    for (int length = 0; length <= value.length(); length++) {
      if (matches(pattern, value.substring(0, length))) {
        longest = value.substring(length);
      }
      if (matches(pattern, value.substring(value.length() - length))) {
        longestEnd = value.substring(0, value.length() - length);
      }
    }

    assertThat(Expansion.word("${v#" + pattern + "}", '\\', variables)).isEqualTo(shortest);
    assertThat(Expansion.word("${v##" + pattern + "}", '\\', variables)).isEqualTo(longest);
    assertThat(Expansion.word("${v%" + pattern + "}", '\\', variables)).isEqualTo(shortestEnd);
    assertThat(Expansion.word("${v%%" + pattern + "}", '\\', variables)).isEqualTo(longestEnd);
  }

  /** The plainest way to match: try everything. */
  private static boolean matches(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return matches(pattern.substring(1), text)
          || (!text.isEmpty() && matches(pattern, text.substring(1)));
    }
    return !text.isEmpty()
        && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
        && matches(pattern.substring(1), text.substring(1));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars('a', 'b', '.').ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars('a', 'b', '.', '*', '?').ofMaxLength(5);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "$", "${", "}", "s", "u", ":-", ":+", ":?", "-", "+", "?", "#", "##", "%", "/", "//",
            "'", "\"", "\\", "`", "*", " ", "<<", "\n", "é", "1", "@", "\uD800");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(15).map(list -> String.join("", list)),
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.just(List.of()).map(list -> ""));
  }
}
