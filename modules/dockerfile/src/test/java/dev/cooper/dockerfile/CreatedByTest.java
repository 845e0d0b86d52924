package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreatedByTest {
  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  private static List<String> history(String instructions) {
    Dockerfile file = Dockerfile.parse("FROM scratch\n" + instructions);
    GlobalVariables globals = GlobalVariables.of(List.of(), Map.of(), Map.of());
    StageVariables variables = StageVariables.onImage(globals, Map.of());
    List<String> history = new ArrayList<>();
    for (Instruction instruction : file.stages().getFirst().instructions()) {
      String text = CreatedBy.of(variables.next(instruction), SHELL, variables.arguments());
      if (text != null) {
        history.add(text);
      }
    }
    return history;
  }

  @Test
  void everyInstructionHasItsText() {
    assertThat(
            history(
                """
                RUN echo  a \\
                  b
                ARG v=1 none
                ENV a=$v b="x y"
                RUN ["x", "y z"]
                RUN <<E
                one
                E
                RUN <<P
                #!/bin/python3
                P
                COPY --chown=$a --chmod=755 --link a <<f /d
                text
                f
                COPY --parents --from=0 a b
                ADD a b
                LABEL k v w
                CMD a "b"
                ENTRYPOINT ["a", "b\\n"]
                EXPOSE 80-81 9/UDP
                VOLUME /a /b
                USER u
                WORKDIR /w
                STOPSIGNAL 9
                SHELL ["s", "-x"]
                MAINTAINER me
                ONBUILD RUN a
                HEALTHCHECK NONE
                HEALTHCHECK --interval=90s --timeout=1.5s --start-period=250ms --retries=2 CMD a b
                HEALTHCHECK --interval=2h --start-interval=61m CMD ["a", "b"]
                """))
        .containsExactly(
            "RUN /bin/sh -c echo  a   b # buildkit",
            "ARG v=1 none",
            "ENV a=1 b=x y",
            "RUN |2 v=1 none= x y z # buildkit",
            "RUN |2 v=1 none= /bin/sh -c one\n # buildkit",
            "RUN |2 v=1 none= /bin/sh -c /dev/pipes/P # buildkit",
            "COPY --chown=1 --chmod=755 a <<f /d # buildkit",
            "COPY --parents a b # buildkit",
            "ADD a b # buildkit",
            "LABEL k=v w",
            "CMD [\"/bin/sh\" \"-c\" \"a \\\"b\\\"\"]",
            "ENTRYPOINT [\"a\" \"b\\n\"]",
            "EXPOSE [80/tcp 81/tcp 9/udp]",
            "VOLUME [/a /b]",
            "USER u",
            "WORKDIR /w",
            "STOPSIGNAL 9",
            "SHELL [s -x]",
            "MAINTAINER me",
            "HEALTHCHECK {Test:[NONE] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s"
                + " Retries:0}",
            "HEALTHCHECK {Test:[CMD-SHELL a b] Interval:1m30s Timeout:1.5s StartPeriod:250ms"
                + " StartInterval:0s Retries:2}",
            "HEALTHCHECK {Test:[CMD a b] Interval:2h0m0s Timeout:0s StartPeriod:0s"
                + " StartInterval:1h1m0s Retries:0}");
  }

  @Test
  void progressShowsValues() {
    Dockerfile file =
        Dockerfile.parse("FROM scratch\nrun echo \"$a\" '$a' \\$a ${b:-c} $(x)\nCOPY $a x y\n");
    List<Instruction> instructions = file.stages().getFirst().instructions();
    Variables variables = Variables.of(Map.of("a", "1"));

    assertThat(instructions.get(0).display(variables))
        .isEqualTo("RUN echo \"1\" '$a' \\$a ${b:-c} $(x)");
    assertThat(instructions.get(1).display(variables)).isEqualTo("COPY 1 x y");
    Instruction broken = Dockerfile.parseTrigger("RUN it's ${", SourceRange.line(1));
    assertThat(broken.display(variables)).isEqualTo("RUN it's ${");
  }
}
