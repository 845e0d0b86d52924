package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is understood of well-formed files; each line of a dump starts with the lines' numbers. */
class DockerfileParseTest {

  private static void understands(String text, String dump) {
    assertThat(Dump.of(Dockerfile.parse(text))).isEqualTo(dump);
  }

  /** The dump of one instruction behind a FROM, without the line numbers. */
  private static String one(String instruction) {
    String dump = Dump.of(Dockerfile.parse("FROM scratch\n" + instruction + "\n"));
    String line = dump.substring(dump.indexOf('\n') + 1, dump.length() - 1);
    return line.substring(line.indexOf(' ') + 1);
  }

  @Test
  void stages() {
    understands(
        """
        ARG TAG=1
        from busybox:$TAG as Tools

        FROM --platform=$BUILDPLATFORM tools AS two
        RUN a
        FROM scratch
        """,
        """
        1 ARG TAG=1
        2 FROM busybox:$TAG as:tools
        4 FROM tools as:two platform:$BUILDPLATFORM
        5 RUN a
        6 FROM scratch
        """);
  }

  @Test
  void stagesKnowTheirPlace() {
    Dockerfile file = Dockerfile.parse("FROM a AS One\nFROM b\nUSER x\n");

    assertThat(file.stages()).extracting(Stage::index).containsExactly(0, 1);
    assertThat(file.stages()).extracting(Stage::name).containsExactly("one", null);
    assertThat(file.stage("ONE")).isSameAs(file.stages().get(0));
    assertThat(file.stage("1")).isSameAs(file.stages().get(1));
    assertThat(file.stage("2")).isNull();
    assertThat(file.target(null)).isSameAs(file.stages().get(1));
  }

  @Test
  void linesGoOnBehindAnEscape() {
    understands(
        """
        FROM scratch
        RUN one\\
          two\\
         \\
        three \\ \t
        four
        RUN a \\
        # a comment

          # another
        \\
        b
        RUN ends \\\\
        RUN c \\
        """,
        """
        1 FROM scratch
        2-6 RUN "one  two three four"
        7-12 RUN "a b"
        13 RUN "ends \\\\\\\\"
        14 RUN c
        """);
  }

  @Test
  void theTextIsKeptAsWrittenButOnOneLine() {
    Dockerfile file = Dockerfile.parse("FROM scratch\n  Run  a \\\n   b  \n");
    Instruction run = file.stages().getFirst().instructions().getFirst();

    assertThat(run.text()).isEqualTo("Run  a    b");
    assertThat(run.origin().keyword()).isEqualTo("Run");
    assertThat(run.range()).isEqualTo(new SourceRange(2, 3));
  }

  @Test
  void aFileMayEndAnyhow() {
    understands("FROM scratch\\", "1 FROM scratch\n");
    understands("FROM scratch \\\n\n", "1-2 FROM scratch\n");
    understands("FROM scratch\r\nRUN a \\\r\n b\r\n", "1 FROM scratch\n2-3 RUN \"a  b\"\n");
    understands("\uFEFFFROM scratch", "1 FROM scratch\n");
    understands("\n\n \t\n  FROM scratch", "4 FROM scratch\n");
  }

  @Test
  void directives() {
    Dockerfile file =
        Dockerfile.parse(
            """
            # Syntax = docker/dockerfile:1
            #escape=`
            # check = skip=StageNameCasing,FromAsCasing;error=true
            FROM scratch
            RUN a `
              b\\
            """);

    assertThat(file.directives().syntax()).isEqualTo("docker/dockerfile:1");
    assertThat(file.directives().escape()).isEqualTo('`');
    assertThat(file.directives().check().skip())
        .containsExactlyInAnyOrder("StageNameCasing", "FromAsCasing");
    assertThat(file.directives().check().error()).isTrue();
    assertThat(file.stages().getFirst().instructions()).hasSize(1);
  }

  @Test
  void directivesStandAtTheTopOnly() {
    assertThat(Dockerfile.parse("\n# escape=`\nFROM a\n").directives().escape()).isEqualTo('\\');
    assertThat(Dockerfile.parse("# text\n# escape=`\nFROM a\n").directives().escape())
        .isEqualTo('\\');
    assertThat(Dockerfile.parse("# other=1\n# escape=`\nFROM a\n").directives().escape())
        .isEqualTo('\\');
    assertThat(Dockerfile.parse("FROM a\n# escape=`\n").directives().escape()).isEqualTo('\\');
    assertThat(
            Dockerfile.parse("#!/bin/x\n# check=skip=all\nFROM a").directives().check().skipAll())
        .isTrue();
  }

  @Test
  void commentsBelongToWhatFollows() {
    Dockerfile file =
        Dockerfile.parse(
            """
            # one
            #
            # TAG is the version
            # more
            ARG TAG OTHER
            FROM scratch
            """);
    Instruction.Arg arg = file.globalArguments().getFirst();

    assertThat(arg.origin().comment()).isEqualTo("TAG is the version\nmore");
    assertThat(arg.declarations().get(0).comment()).isEqualTo("is the version");
    assertThat(arg.declarations().get(1).comment()).isEmpty();
  }

  @Test
  void execFormIsJson() {
    assertThat(one("CMD [\"a\", \"b c\", \"\\u00e9\\n\"]")).isEqualTo("CMD [a, \"b c\", \"é\\n\"]");
    assertThat(one("RUN  [ ] ")).isEqualTo("RUN []");
    assertThat(one("ENTRYPOINT [\"\"]")).isEqualTo("ENTRYPOINT [\"\"]");
  }

  @Test
  void whatIsNoJsonIsShellForm() {
    for (String text :
        new String[] {
          "['a', 'b']", "[\"a\", \"b\"", "[\"a\", \"b]", "[\"a\"] x", "[\"a\",]", "[,]", "[a]",
          "[\"a\" \"b\"]", "[\"\\x\"]", "[\"\\u12\"]", "[01]", "[\"a\tb\"]", "{\"a\": 1}", "[tru]",
        }) {
      assertThat(one("CMD " + text)).isEqualTo("CMD " + dumped(text));
    }
  }

  private static String dumped(String text) {
    return text.indexOf(' ') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\\') >= 0
        ? Quoted.of(text)
        : text;
  }

  @Test
  void environment() {
    assertThat(one("ENV a=1 b=\"x y\" c='$z' d=\\ e f="))
        .isEqualTo("ENV a=1 b=\"\\\"x y\\\"\" c='$z' d=\"\\\\ e\" f=\"\"");
    assertThat(one("ENV key  a value \"in\" words "))
        .isEqualTo("ENV key \"a value \\\"in\\\" words\"");
    assertThat(one("LABEL \"a b\"=c d.e=f")).isEqualTo("LABEL \"\\\"a b\\\"\"=c d.e=f");
    assertThat(one("ARG a b=1 c= d=\"x y\"")).isEqualTo("ARG a b=1 c= d=\"x y\"");
  }

  @Test
  void oneArgument() {
    assertThat(one("USER a b")).isEqualTo("USER \"a b\"");
    assertThat(one("WORKDIR  /a b ")).isEqualTo("WORKDIR \"/a b\"");
    assertThat(one("MAINTAINER A <a@b>")).isEqualTo("MAINTAINER \"A <a@b>\"");
    assertThat(one("STOPSIGNAL SIGRTMIN+3")).isEqualTo("STOPSIGNAL SIGRTMIN+3");
    assertThat(one("STOPSIGNAL $s")).isEqualTo("STOPSIGNAL $s");
  }

  @Test
  void listsOfArguments() {
    assertThat(one("EXPOSE 9000 80/tcp $PORT 7000-7002/udp"))
        .isEqualTo("EXPOSE $PORT 7000-7002/udp 80/tcp 9000");
    assertThat(one("VOLUME /a  /b")).isEqualTo("VOLUME /a /b");
    assertThat(one("VOLUME [\"/a b\", \" /c \"]")).isEqualTo("VOLUME \"/a b\" /c");
    assertThat(one("SHELL [\"sh\", \"-c\"]")).isEqualTo("SHELL [sh, -c]");
  }

  @Test
  void copies() {
    assertThat(
            one(
                "COPY --from=0 --chown=$u:1 --chmod=755 --link --parents=true --exclude=*.md"
                    + " --exclude=b a b /c"))
        .isEqualTo("COPY from:0 chown:$u:1 chmod:755 link parents exclude:[*.md, b] a b -> /c");
    assertThat(one("COPY [\"a b\", \"c\"]")).isEqualTo("COPY \"a b\" -> c");
    assertThat(one("COPY --link=false -- --a b")).isEqualTo("COPY --a -> b");
    assertThat(
            one(
                "ADD --checksum=sha256:1 --keep-git-dir --unpack=FALSE --chown=1 --chmod=u+x"
                    + " --link --exclude=x https://a/b /c"))
        .isEqualTo(
            "ADD chown:1 chmod:u+x link exclude:[x] checksum:sha256:1 keep-git-dir:true"
                + " unpack:false https://a/b -> /c");
  }

  @Test
  void flagsMayBeQuoted() {
    assertThat(one("COPY --chown=\"a b\" --chmod='7'55 --exclude=a\\ b x y"))
        .isEqualTo("COPY chown:a b chmod:755 exclude:[a b] x -> y");
  }

  @Test
  void runs() {
    assertThat(
            one(
                "RUN --mount=type=cache,target=/c --mount=type=tmpfs,target=/t --network=none"
                    + " --security=insecure make --all"))
        .isEqualTo(
            "RUN mount:type=cache,target=/c mount:type=tmpfs,target=/t network:NONE"
                + " security:INSECURE \"make --all\"");
    assertThat(one("RUN")).isEqualTo("RUN \"\"");
    assertThat(one("RUN --network=default a")).isEqualTo("RUN a");
  }

  @Test
  void healthchecks() {
    assertThat(one("HEALTHCHECK none")).isEqualTo("HEALTHCHECK NONE");
    assertThat(one("HEALTHCHECK --interval=1m30s --timeout=0 --retries=0 cmd a b"))
        .isEqualTo("HEALTHCHECK interval:PT1M30S timeout:PT0S retries:0 \"a b\"");
    assertThat(
            one("HEALTHCHECK --start-period=1.5h --start-interval=500ms --retries=3 CMD [\"a\"]"))
        .isEqualTo("HEALTHCHECK start-period:PT1H30M start-interval:PT0.5S retries:3 [a]");
  }

  @Test
  void triggers() {
    understands(
        """
        FROM scratch
        ONBUILD  RUN a \\
          b
        onbuild COPY <<A /x
        text
        A
        """,
        """
        1 FROM scratch
        2-3 ONBUILD "RUN a   b"
        4-6 ONBUILD "COPY <<A /x\\ntext\\nA"
        """);
    Instruction trigger = Dockerfile.parseTrigger("COPY <<A /x\ntext\nA", SourceRange.line(7));
    assertThat(Dump.of(trigger)).isEqualTo("7 COPY {A \"text\\n\"} -> /x");
    assertThatThrownBy(() -> Dockerfile.parseTrigger("RUN a\nRUN b", SourceRange.line(1)))
        .hasMessage("onbuild trigger should be a single expression");
    assertThatThrownBy(() -> Dockerfile.parseTrigger("FROM a", SourceRange.line(1)))
        .isInstanceOf(DockerfileException.class);
    assertThatThrownBy(() -> Dockerfile.parseTrigger("", SourceRange.line(1)))
        .isInstanceOf(DockerfileException.class);
  }

  @Test
  void emptyContinuationLinesAreNoted() {
    Dockerfile file = Dockerfile.parse("FROM a\nRUN b \\\n\n  c\nRUN d \\\n# e\n f\n");

    assertThat(file.emptyContinuations()).containsExactly(SourceRange.line(4));
  }

  @Test
  void longLinesAreFine() {
    String long1 = "x".repeat(1_000_000);
    assertThat(one("RUN " + long1)).hasSize(1_000_004);
  }
}
