package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpansionTest {
  private static final Variables VARIABLES =
      Variables.of(
          Map.ofEntries(
              Map.entry("HOME", "/root"),
              Map.entry("SHELL", "ash"),
              Map.entry("LAND", "日本"),
              Map.entry("EMPTY", ""),
              Map.entry("GAP", "one  two"),
              Map.entry("LEAD", "  x y"),
              Map.entry("TRAIL", "x y  "),
              Map.entry("FILE", "archive.tar.gz"),
              Map.entry("PATHS", "/usr/lib:/usr/bin:/lib"),
              Map.entry("STARS", "a***bc*"),
              Map.entry("ODD", "()[]{}^$.*?\\x"),
              Map.entry("XY", "xxyy"),
              Map.entry("PATTERN", "*/"),
              Map.entry("MARKS", "???y")));

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvFileSource(
      resources = "words.csv",
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = true,
      nullValues = "<null>")
  void expandsAWord(String text, String expected) {
    String wanted = expected == null ? "" : expected;
    if (wanted.equals("ERROR")) {
      assertThatThrownBy(() -> Expansion.word(text, '\\', VARIABLES))
          .isInstanceOf(DockerfileException.class)
          .hasMessageStartingWith("failed to process ");
    } else {
      assertThat(Expansion.word(text, '\\', VARIABLES)).isEqualTo(wanted);
    }
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "hello|hello",
        "a${NONE}b|ab",
        "a${GAP}b|aone,twob",
        "a\"${GAP}\"b|aone  twob",
        "a \"${GAP}\"b|a,one  twob",
        "a${LEAD}b|a,x,yb",
        "a\"${LEAD}\" b|a  x y,b",
        "a\"${LEAD}\"|a  x y",
        "a${LEAD}|a,x,y",
        "a${TRAIL}|ax,y",
        "a${TRAIL}b|ax,y,b",
        "a\"${TRAIL}\"b|ax y  b",
        "a\" b  \"|a b  ",
        "a b    |a,b",
        "a\\ b|a b",
        "a\\\" b|a\",b",
        "a\"\\\\b\"|a\\b",
        "a\"\\b\"|a\\b",
        "a'\\\\b'|a\\\\b",
        "a'$HOME'|a$HOME",
        "$HOME $SHELL|/root,ash",
        "80${NONE:-80}|8080",
        "<<EOF cat|<<EOF,cat",
        "<< EOF|<< EOF",
      })
  void splitsAfterExpanding(String text, String expected) {
    assertThat(Expansion.words(text, '\\', VARIABLES)).isEqualTo(List.of(expected.split(",")));
  }

  @Test
  void nothingGivesNoWords() {
    assertThat(Expansion.words("", '\\', VARIABLES)).isEmpty();
    assertThat(Expansion.words("  $EMPTY ", '\\', VARIABLES)).isEmpty();
  }

  @Test
  void theEscapeCharacterOfTheFileCounts() {
    assertThat(Expansion.word("c:\\dir`$HOME", '`', VARIABLES)).isEqualTo("c:\\dir$HOME");
    assertThat(Expansion.word("`\"", '`', VARIABLES)).isEqualTo("\"");
    assertThat(Expansion.word("\\$HOME", '`', VARIABLES)).isEqualTo("\\/root");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${NONE:?say it}|NONE: say it",
        "${NONE?}|NONE: is not allowed to be unset",
        "${NONE:?}|NONE: is not allowed to be unset",
        "${EMPTY:?}|EMPTY: is not allowed to be empty",
        "${HOME|syntax error: missing '}'",
        "${|syntax error: missing '}'",
        "${HOME:-x|syntax error: missing '}'",
        "${}|syntax error: bad substitution",
        "${{HOME}}|syntax error: bad substitution",
        "${:}|syntax error: bad substitution",
        "${.}|unsupported modifier (.) in substitution",
        "${HOME:=x}|unsupported modifier (:=) in substitution",
        "${HOME:#x}|unsupported modifier (:#) in substitution",
        "${HOME/x}|syntax error: missing '/' in ${}",
        "${HOME/x/y|syntax error: missing '}'",
        "${HOME#a\\b}|invalid pattern (a\\b) in substitution: invalid escape '\\b'",
        "\"x|unexpected end of statement while looking for matching double-quote",
        "it's|unexpected end of statement while looking for matching single-quote",
      },
      quoteCharacter = '\0')
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Expansion.word(text, '\\', VARIABLES))
        .isInstanceOf(DockerfileException.class)
        .hasMessage("failed to process " + Quoted.of(text) + ": " + message);
  }

  @Test
  void messagesAreOneLine() {
    assertThatThrownBy(() -> Expansion.word("${NONE:?not\nthere}", '\\', VARIABLES))
        .hasMessageEndingWith("NONE: not\\nthere");
    assertThatThrownBy(() -> Expansion.word("${WORD#\n\\=}", '\\', name -> "x"))
        .hasMessageContaining("invalid pattern (\\n\\=)");
  }

  @Test
  void deepNestingIsRefusedAndNotFollowed() {
    String text = "${A:-".repeat(100_000);

    assertThatThrownBy(() -> Expansion.word(text, '\\', VARIABLES))
        .isInstanceOf(DockerfileException.class);
    assertThat(Expansion.word("${A:-".repeat(50) + "x" + "}".repeat(50), '\\', VARIABLES))
        .isEqualTo("x");
  }

  @Test
  void aHeredocKeepsItsQuotes() {
    Word word = new Word("it's \"$HOME\" \\$HOME\n", Word.Kind.EXPANDED_RAW, '`', range());

    assertThat(word.resolve(VARIABLES)).isEqualTo("it's \"/root\" $HOME\n");
  }

  @Test
  void aLiteralIsItsOwnValue() {
    assertThat(Word.literal("'$HOME", range()).resolve(VARIABLES)).isEqualTo("'$HOME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a*", "*a", "?*?", "**a**"})
  void noPatternTakesLong(String pattern) {
    Variables variables = Variables.of(Map.of("V", "a".repeat(2000)));

    assertThat(Expansion.word("${V##" + pattern.repeat(20) + "b}", '\\', variables)).hasSize(2000);
  }

  private static SourceRange range() {
    return SourceRange.line(1);
  }
}
