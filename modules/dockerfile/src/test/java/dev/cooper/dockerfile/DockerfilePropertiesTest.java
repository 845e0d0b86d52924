package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DockerfilePropertiesTest {

  @Property(tries = 3000)
  void parsingEndsInAFileOrInProblems(@ForAll("texts") String text) {
    try {
      Dockerfile file = Dockerfile.parse(text);
      assertThat(file.stages()).isNotEmpty();
      Checks.run(file, IgnoreFile.parse("*"));
    } catch (DockerfileException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e.line()).isPositive();
      assertThat(e.column()).isPositive();
      assertThat(e.render()).isNotBlank();
    }
  }

  @Property(tries = 1000)
  void whatIsPrintedMeansTheSame(@ForAll("files") String text) {
    Dockerfile file;
    try {
      file = Dockerfile.parse(text);
    } catch (DockerfileException e) {
      return; // Some combinations are refused.
    }
    String printed = Printed.of(file);
    Dockerfile again = Dockerfile.parse(printed);

    assertThat(Printed.meaning(again)).isEqualTo(Printed.meaning(file));
    assertThat(Printed.of(again)).isEqualTo(printed);
  }

  @Property(tries = 1000)
  void mostFilesOfTheGeneratorAreFine(@ForAll("instructions") String instruction) {
    assertThat(Dockerfile.parse("FROM scratch\n" + instruction + "\n").stages()).hasSize(1);
  }

  @Property
  void everyInstructionLiesOnItsLines(@ForAll("files") String text) {
    Dockerfile file;
    try {
      file = Dockerfile.parse(text);
    } catch (DockerfileException e) {
      return;
    }
    int last = 0;
    for (Stage stage : file.stages()) {
      for (Instruction instruction : stage.instructions()) {
        assertThat(instruction.range().startLine()).isGreaterThan(last);
        last = instruction.range().endLine();
        assertThat(file.source().lines().get(instruction.range().startLine() - 1))
            .contains(instruction.origin().keyword());
      }
    }
    assertThat(last).isLessThanOrEqualTo(file.source().lines().size());
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "FROM a",
            "FROM a AS b",
            "ARG ",
            "ENV ",
            "RUN ",
            "COPY ",
            "ADD ",
            "ONBUILD ",
            "HEALTHCHECK ",
            "EXPOSE ",
            "SHELL ",
            "LABEL ",
            "--from=",
            "--mount=type=",
            "--",
            "<<A",
            "<<-'B'",
            "A",
            "B",
            "\n",
            "\n",
            "\r\n",
            "\\\n",
            "`\n",
            " ",
            "\t",
            "#",
            "# escape=`\n",
            "$",
            "${",
            "}",
            "${x:-",
            "${x#",
            "${x/",
            "/",
            "'",
            "\"",
            "\\",
            "[",
            "]",
            "[\"a\"]",
            ",",
            "=",
            "a",
            "1",
            "é",
            "\uD800",
            "\0",
            ":",
            "-",
            "@",
            "*",
            "?");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(30).map(list -> String.join("", list)),
        pieces.list().ofMaxSize(30).map(list -> "FROM a\n" + String.join("", list)),
        Arbitraries.strings().ofMaxLength(60));
  }

  @Provide
  Arbitrary<String> instructions() {
    Arbitrary<String> word =
        Arbitraries.of("a", "b/c", "$x", "${x:-y}", "d.e", "\"q\"", "'r'", "\\$z", "é", "1");
    Arbitrary<String> words = word.list().ofMinSize(2).ofMaxSize(4).map(w -> String.join(" ", w));
    Arbitrary<String> script = Arbitraries.of("make all", "a && b", "echo \"$x\"", "a\\\n  b", "x");
    return Arbitraries.oneOf(
        words.map(w -> "COPY " + w),
        words.map(w -> "ADD --chown=1 " + w),
        script.map(s -> "RUN " + s),
        script.map(s -> "RUN --mount=type=cache,target=/c --network=none " + s),
        script.map(s -> "RUN <<EOF cat\n" + s.replace("\n", "") + "\nEOF"),
        script.map(s -> "COPY <<-'E' /x\n\t" + s.replace("\n", "") + "\n\tE"),
        script.map(s -> "CMD " + s),
        script.map(s -> "ENTRYPOINT [\"a\", \"b\"]"),
        script.map(s -> "ONBUILD RUN " + s),
        script.map(s -> "HEALTHCHECK --interval=5s CMD " + s),
        word.map(w -> "ENV k=" + w + " l=m"),
        word.map(w -> "LABEL k " + w),
        word.map(w -> "ARG k=" + w),
        word.map(w -> "USER " + w),
        word.map(w -> "WORKDIR " + w),
        word.map(w -> "VOLUME " + w),
        Arbitraries.of("EXPOSE 80", "STOPSIGNAL 9", "SHELL [\"a\"]", "MAINTAINER a"));
  }

  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> filler = Arbitraries.of("", "\n", "# text\n", "  ");
    Arbitrary<List<String>> body =
        Combinators.combine(filler, instructions()).as((f, i) -> f + i + "\n").list().ofMaxSize(8);
    Arbitrary<String> head = Arbitraries.of("", "ARG a=b\n", "# escape=`\n", "# syntax=x\n");
    return Combinators.combine(head, body, body)
        .as(
            (h, one, two) ->
                h
                    + "FROM scratch AS s\n"
                    + String.join("", one)
                    + "from s\n"
                    + String.join("", two));
  }
}
