package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileErrorTest {

  private static DockerfileException error(String text) {
    DockerfileException e =
        catchThrowableOfType(DockerfileException.class, () -> Dockerfile.parse(text));
    assertThat(e).as("an error in %s", text).isNotNull();
    return e;
  }

  /** Each line: the instruction behind a FROM, and what is wrong with it. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "errors.csv", delimiter = '|', quoteCharacter = '\0')
  void saysWhatDockerSays(String instruction, String message) {
    String text = "FROM scratch\n" + instruction.replace("\\n", "\n");

    assertThat(error(text)).hasMessage("dockerfile parse error on line 2: " + message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "''|1|the Dockerfile cannot be empty",
        "#a\\n#b|2|file with no instructions",
        "\\n\\n|2|file with no instructions",
        "ARG a|1|dockerfile contains no stages to build",
        "RUN a|1|no build stage in current context",
        "ARG a\\nRUN a\\nUSER x\\nFROM b|2|no build stage in current context",
        "FROM|1|FROM requires either one or three arguments",
        "FROM a b|1|FROM requires either one or three arguments",
        "FROM a AS|1|FROM requires either one or three arguments",
        "FROM a XX b|1|FROM requires either one or three arguments",
        "FROM a AS b c|1|FROM requires either one or three arguments",
        "FROM a AS 1b|1|invalid name for build stage: \"1b\", name can't start with a number or"
            + " contain symbols",
        "FROM a AS b$c|1|invalid name for build stage: \"b$c\", name can't start with a number or"
            + " contain symbols",
        "FROM --platfrom=a b|1|unknown flag: --platfrom (did you mean platform?)",
        "FORM a\\nRUN b|1|unknown instruction: FORM (did you mean FROM?)",
        "# escape=x\\nFROM a|1|invalid escape token 'x' does not match ` or \\",
        "# escape=`\\n# escape=`\\nFROM a|2|only one escape parser directive can be used",
        "# syntax=a\\n# Syntax=b\\nFROM a|2|only one syntax parser directive can be used",
        "# check=x\\nFROM a|1|failed to parse check options: invalid check option \"x\"",
        "# check=x=1\\nFROM a|1|failed to parse check options: invalid check option \"x\"",
        "# check=error=x\\nFROM a|1|failed to parse check options: failed to parse check option"
            + " \"error=x\"",
      })
  void wholeFiles(String text, int line, String message) {
    String file = text.equals("''") ? "" : text.replace("\\n", "\n");

    assertThat(error(file)).hasMessage("dockerfile parse error on line " + line + ": " + message);
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    DockerfileException e =
        error(
            """
            FROM scratch
            COYP a b
            ENV
            RUN ok
            EXPOSE x
            COPY --from=7 a b
            """);

    assertThat(e.problems())
        .extracting(Problem::message)
        .containsExactly(
            "unknown instruction: COYP (did you mean COPY?)",
            "ENV requires at least one argument",
            "invalid containerPort: x");
    assertThat(e)
        .hasMessage(
            "dockerfile parse error on line 2: unknown instruction: COYP (did you mean COPY?)"
                + " (and 2 more problems)");
  }

  @Test
  void stageIndexesAreLookedAtOnceTheRestIsFine() {
    assertThat(error("FROM a\nCOPY --from=1 a b\n"))
        .hasMessage("dockerfile parse error on line 2: invalid stage index 1");
  }

  @Test
  void manyProblemsAreNotAllTold() {
    assertThat(error("FROM a\n" + "X\n".repeat(100_000)).problems()).hasSize(100);
  }

  @Test
  void aForgottenFromIsToldOnce() {
    assertThat(error("RUN a\nRUN b\nRUN c\n").problems()).hasSize(1);
  }

  @Test
  void theLinesAreShownWithACaret() {
    DockerfileException e =
        error(
            """
            FROM scratch
            RUN a
            # text
            \tCOPY --chwn=1 \\
               a b
            USER x
            """);

    assertThat(e.line()).isEqualTo(4);
    assertThat(e.column()).isEqualTo(7);
    assertThat(e.render())
        .isEqualTo(
            """
            Dockerfile:4
            --------------------
                2 |     RUN a
                3 |     # text
                4 | >>> \tCOPY --chwn=1 \\
                  |     \t     ^^^^^^
                5 | >>>    a b
                6 |     USER x
            --------------------
            dockerfile parse error on line 4: unknown flag: --chwn (did you mean chown?)
            """);
  }

  @Test
  void theFileHasTheNameItWasGiven() {
    DockerfileException e =
        catchThrowableOfType(
            DockerfileException.class,
            () -> Dockerfile.parse("X", new ParseOptions("docker/app.Dockerfile")));

    assertThat(e.render()).startsWith("docker/app.Dockerfile:1\n");
  }

  @Test
  void aCaretPointsAtWholeWords() {
    DockerfileException e = error("FROM scratch\nEXPOSE 80 8000 0\nEXPOSE 1-0 a\n");

    assertThat(e.line()).isEqualTo(3);
    assertThat(e.column()).isEqualTo(8);
  }

  @Test
  void hintsSayWhatToWrite() {
    assertThat(error("FROM a\nENV PATH\n").hints()).containsExactly("write ENV PATH=value");
    assertThat(error("FROM a\n&& make\n").hints().getFirst()).contains("has to end in \\");
    assertThat(error("FROM a\nSHELL bash\n").hints().getFirst()).contains("SHELL [");
  }

  @Test
  void problemsInResolvingCanShowTheLines() {
    Dockerfile file = Dockerfile.parse("FROM a\nUSER ${X:?no user}\n");
    Instruction user = file.stages().getFirst().instructions().getFirst();
    DockerfileException e =
        catchThrowableOfType(DockerfileException.class, () -> user.resolve(Variables.NONE));

    assertThat(e).hasMessage("failed to process \"${X:?no user}\": X: no user");
    assertThat(e.in(file.source()).render())
        .isEqualTo(
            """
            Dockerfile:2
            --------------------
                1 |     FROM a
                2 | >>> USER ${X:?no user}
                  |          ^^^^^^^^^^^^^
            --------------------
            failed to process "${X:?no user}": X: no user
            """);
  }

  @Test
  void anUnknownTargetIsNamed() {
    Dockerfile file = Dockerfile.parse("FROM a AS build\nFROM b AS test\n");
    DockerfileException e =
        catchThrowableOfType(DockerfileException.class, () -> file.target("biuld"));

    assertThat(e).hasMessage("target stage \"biuld\" could not be found (did you mean build?)");
    assertThat(e.hints()).containsExactly("stages are build, test");
  }
}
