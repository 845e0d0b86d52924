package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Breaks well-formed files at random and looks for anything but an answer. The number of files is
 * the system property {@code fuzz.files}; a failure names the seed that brings it back.
 */
class DockerfileFuzzTest {
  private static final List<String> CORPUS =
      List.of(
          """
          # syntax=docker/dockerfile:1
          # escape=`
          ARG GO=1.22
          FROM --platform=$BUILDPLATFORM golang:${GO}-alpine AS build
          WORKDIR /src
          RUN --mount=type=cache,target=/root/.cache,sharing=locked `
              --mount=type=secret,id=token,required `
              go build -o /out ./...
          """,
          """
          FROM debian:12
          ENV A=1 B="two words" C='$three' D=${A:-x}${B/two/three}${C##*.}
          ENV legacy a value
          LABEL "a b"=c d.e="f \\
            g"
          RUN <<-"EOF" cat > /x && echo $(id)
          	text
          	EOF
          COPY --from=0 --chown=1:2 --chmod=755 --link --exclude=*.md a b /c/
          ADD --checksum=sha256:0 --keep-git-dir=true https://example.org/x.git#v1 /d
          HEALTHCHECK --interval=5s --timeout=1m30s --retries=3 CMD ["curl", "-f", "\\u0041"]
          EXPOSE 80 8000-8010/udp 127.0.0.1:53:53/tcp
          ONBUILD COPY <<A <<B /x
          1
          A
          2
          B
          STOPSIGNAL SIGRTMIN+3
          SHELL ["/bin/bash", "-c"]
          VOLUME ["/a", "/b c"]
          USER $A:${B}
          ENTRYPOINT exec top -b \\

            # comment
            -H
          CMD ["a", ["b"], 1.5e3, null]
          """);

  private static final String SPECIAL = "\\`$\"'{}[]<>=:#%/-?*+, \t\n\r\0\uD800\uFEFFé";

  @Test
  void brokenFilesAreAnswered() {
    int files = Integer.getInteger("fuzz.files", 20_000);
    for (int seed = 0; seed < files; seed++) {
      String text = broken(new Random(seed));
      try {
        answer(text);
      } catch (DockerfileException e) {
        assertThat(e.problems()).as("seed %s", seed).isNotEmpty();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ":\n" + text, e);
      }
    }
  }

  private static void answer(String text) {
    Dockerfile file = Dockerfile.parse(text);
    Map<String, String> platform = PlatformArguments.of("linux/amd64", "linux/arm64", null);
    Checks.run(file, IgnoreFile.ofPatterns(List.of("a*", "**/b")));
    GlobalVariables globals = GlobalVariables.of(file.globalArguments(), Map.of(), platform);
    for (Stage stage : file.stages()) {
      StageVariables variables = StageVariables.onImage(globals, Map.of("PATH", "/bin"));
      stage.from().resolve(globals);
      for (Instruction instruction : stage.instructions()) {
        Instruction settled = variables.next(instruction);
        if (settled instanceof Instruction.Run run) {
          run.mounts(variables);
          run.summary();
        } else if (settled instanceof Instruction.OnBuild onBuild) {
          Dockerfile.parseTrigger(onBuild.trigger(), onBuild.range());
        }
      }
    }
    Outline.of(file, null, Map.of(), platform).render();
    Target.render(Target.of(file));
  }

  private static String broken(Random random) {
    StringBuilder text = new StringBuilder(CORPUS.get(random.nextInt(CORPUS.size())));
    int changes = 1 + random.nextInt(8);
    for (int change = 0; change < changes && !text.isEmpty(); change++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        case 2 -> text.setCharAt(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
