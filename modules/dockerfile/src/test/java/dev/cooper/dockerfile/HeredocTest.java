package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeredocTest {

  private static Instruction first(String text) {
    return Dockerfile.parse("FROM scratch\n" + text).stages().getFirst().instructions().getFirst();
  }

  private static CommandLine.Program program(String text) {
    Instruction.Run run = (Instruction.Run) first(text);
    return ((CommandLine.ShellForm) run.command()).program();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "<<EOF|EOF|true|false|0",
        "<<-EOF|EOF|true|true|0",
        "<< EOF|EOF|true|false|0",
        "<<- EOF|EOF|true|true|0",
        "<<'EOF'|EOF|false|false|0",
        "<<\"EOF\"|EOF|false|false|0",
        "<<-\"EOF\"|EOF|false|true|0",
        "<<E'O'F|EOF|false|false|0",
        "<<\"'EOF'\"|'EOF'|false|false|0",
        "<<E\\OF|EOF|true|false|0",
        "<<\\'EOF|'EOF|true|false|0",
        "<<EOF.txt|EOF.txt|true|false|0",
        "3<<EOF|EOF|true|false|3",
        "10<<-'a b'|a b|false|true|10",
        "<<$HOME|$HOME|true|false|0",
        "<<${HOME:-x}|${HOME:-x}|true|false|0",
      })
  void announcements(String word, String name, boolean expand, boolean chomp, int descriptor) {
    assertThat(Heredocs.parse(word)).isEqualTo(new Heredoc(name, "", expand, chomp, descriptor));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EOF", "<EOF", "<<<EOF", "<<", "<<-", "<< ", "<<a b", "<<a<b", "x<<EOF", "<<'EOF", "a", ""
      })
  void noAnnouncements(String word) {
    assertThat(Heredocs.parse(word)).isNull();
  }

  @Test
  void severalInALine() {
    assertThat(Heredocs.announced("RUN 3<<a <<-'b' cat >x << c && echo '<<d' \"<<e\" \\<<f"))
        .extracting(Heredoc::name)
        .containsExactly("a", "b", "c");
  }

  @Test
  void bodiesFollowInOrder() {
    Instruction.Run run =
        (Instruction.Run) first("RUN <<A cat <<-'B'\na $x\n\n# no comment \\\nA\n\tb\n\tB\n");

    assertThat(run.range()).isEqualTo(new SourceRange(2, 8));
    assertThat(run.text()).isEqualTo("RUN <<A cat <<-'B'");
    assertThat(((CommandLine.ShellForm) run.command()).heredocs())
        .containsExactly(
            new Heredoc("A", "a $x\n\n# no comment \\\n", true, false, 0),
            new Heredoc("B", "\tb\n", false, true, 0));
  }

  @Test
  void lineEndsAreKept() {
    Instruction.Copy copy = (Instruction.Copy) first("COPY <<A /x\r\none\r\ntwo\r\nA\r\n");

    assertThat(copy.files().getFirst().content()).isEqualTo("one\r\ntwo\r\n");
  }

  @Test
  void aLoneDocumentIsTheScript() {
    assertThat(program("RUN <<EOF\necho a\necho b\nEOF\n"))
        .isEqualTo(new CommandLine.Program.Script("echo a\necho b\n"));
    assertThat(program("RUN <<-EOF\n\techo a\n\t  echo b\n\tEOF\n"))
        .isEqualTo(new CommandLine.Program.Script("echo a\n  echo b\n"));
    assertThat(program("RUN <<EOF\nEOF\n")).isEqualTo(new CommandLine.Program.Script(""));
  }

  @Test
  void aShebangMakesAFileOfIt() {
    assertThat(program("RUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF\n"))
        .isEqualTo(new CommandLine.Program.File("EOF", "#!/usr/bin/env python3\nprint(1)\n"));
  }

  @Test
  void otherDocumentsAreLeftToTheShell() {
    assertThat(program("RUN cat <<A - <<-'B' >x\n\ta\nA\n\tb\nB\n"))
        .isEqualTo(new CommandLine.Program.Script("cat <<A - <<-'B' >x\n\ta\nA\n\tb\nB"));
    assertThat(program("RUN <<EOF bash -e\n#!x\nEOF\n"))
        .isEqualTo(new CommandLine.Program.Script("<<EOF bash -e\n#!x\nEOF"));
    assertThat(program("RUN a <b\n")).isEqualTo(new CommandLine.Program.Script("a <b"));
  }

  @Test
  void theSummaryNamesTheFirstLine() {
    assertThat(((Instruction.Run) first("RUN <<EOF\n\n  echo a\necho b\nEOF\n")).summary())
        .isEqualTo("RUN <<EOF (echo a...)");
    assertThat(((Instruction.Run) first("RUN <<EOF\necho a\nEOF\n")).summary())
        .isEqualTo("RUN <<EOF (echo a)");
    assertThat(((Instruction.Run) first("RUN a\n")).summary()).isEqualTo("RUN a");
  }

  @Test
  void filesOfCopy() {
    Instruction.Copy copy =
        (Instruction.Copy)
            first(
                "COPY a <<one.txt <<-\"two.txt\" b /dir/\n$X '$X' \\$X\none.txt\n\t\t$X\ntwo.txt\n");

    assertThat(copy.sources()).extracting(Word::text).containsExactly("a", "b");
    Instruction.Copy settled = copy.resolve(Variables.of(Map.of("X", "1")));
    assertThat(settled.files()).extracting(Heredoc::name).containsExactly("one.txt", "two.txt");
    assertThat(settled.files()).extracting(Heredoc::text).containsExactly("1 '1' $X\n", "$X\n");
    assertThat(settled.resolve(Variables.NONE)).isEqualTo(settled);
  }

  @Test
  void exactlyTheseInstructionsHaveDocuments() {
    assertThat(Dump.of(Dockerfile.parse("FROM scratch\nCMD cat <<EOF\nRUN [\"<<EOF\"]\n")))
        .isEqualTo("1 FROM scratch\n2 CMD \"cat <<EOF\"\n3 RUN [<<EOF]\n");
    assertThat(Dump.of(first("COPY [\"<<EOF\", \"/x\"]\n"))).isEqualTo("2 COPY <<EOF -> /x");
    assertThat(Dump.of(first("ADD <<a /x\n1\na\n"))).isEqualTo("2-4 ADD {a \"1\\n\"} -> /x");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> first("RUN <<EOF\na\n"))
        .isInstanceOfSatisfying(
            DockerfileException.class,
            e -> {
              assertThat(e).hasMessage("dockerfile parse error on line 2: unterminated heredoc");
              assertThat(e.hints()).isEqualTo(List.of("a line with nothing but EOF has to end it"));
            });
    assertThatThrownBy(() -> first("COPY a <<EOF\nEOF\n"))
        .hasMessageContaining("COPY cannot accept a heredoc as a destination");
    assertThatThrownBy(() -> first("ADD a <<EOF\nEOF\n"))
        .hasMessageContaining("ADD cannot accept a heredoc as a destination");
    assertThatThrownBy(() -> first("COPY <<EOF /x\n${a:-\nEOF\n"))
        .hasMessageContaining("syntax error: missing '}'");
  }
}
