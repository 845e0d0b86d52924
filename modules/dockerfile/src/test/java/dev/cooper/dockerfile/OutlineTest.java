package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlineTest {
  private static final String TEXT =
      """
      # GO is the version of Go
      ARG GO=1.22
      ARG VARIANT=alpine
      ARG IMAGE=golang:${GO}-${VARIANT}
      ARG UNUSED=1

      # base holds the tools
      FROM ${IMAGE} AS base
      # DEBUG switches symbols on
      ARG DEBUG=0
      RUN --mount=type=secret,id=token,required true

      FROM base AS build
      ARG GO
      ARG TAGS=${DEBUG}x
      RUN --mount=type=ssh --mount=type=secret,target=/run/key true

      FROM scratch AS other
      ARG NOWHERE

      # app is what is shipped
      FROM scratch AS app
      COPY --from=build /app /
      ARG VERSION
      """;

  private static Outline outline(String target, Map<String, String> buildArguments) {
    return Outline.of(
        Dockerfile.parse(TEXT),
        target,
        buildArguments,
        PlatformArguments.of("linux/amd64", "linux/amd64", target));
  }

  @Test
  void namesWhatATargetAndItsStagesTake() {
    assertThat(outline(null, Map.of("DEBUG", "1")).render())
        .isEqualTo(
            """
            TARGET:      app
            DESCRIPTION: is what is shipped

            BUILD ARG   VALUE                DESCRIPTION
            GO          1.22                 is the version of Go
            VARIANT     alpine               \n"""
                + """
            IMAGE       golang:1.22-alpine   \n"""
                + """
            DEBUG       1                    switches symbols on
            TAGS        1x                   \n"""
                + """
            VERSION                          \n"""
                + """

            SECRET   REQUIRED
            token    true
            key      \n"""
                + """

            SSH       REQUIRED
            default   \n"""
                + """

            """);
  }

  @Test
  void leavesOutWhatIsNotNeeded() {
    assertThat(outline("other", Map.of()).arguments())
        .extracting(Outline.Argument::name)
        .containsExactly("NOWHERE");
    assertThat(outline("base", Map.of("IMAGE", "x")).arguments())
        .extracting(Outline.Argument::name)
        .containsExactly("IMAGE", "DEBUG");
    assertThatThrownBy(() -> outline("aap", Map.of()))
        .hasMessage("target stage \"aap\" could not be found (did you mean app?)");
  }

  @Test
  void aStageThatCopiesFromItselfEnds() {
    Dockerfile file = Dockerfile.parse("FROM a AS b\nCOPY --from=b x y\nARG Z\n");

    assertThat(Outline.of(file, null, Map.of(), Map.of()).arguments()).hasSize(1);
  }

  @Test
  void targets() {
    assertThat(Target.render(Target.of(Dockerfile.parse(TEXT))))
        .isEqualTo(
            """
            TARGET        DESCRIPTION
            base          holds the tools
            build         \n"""
                + """
            other         \n"""
                + """
            app (default) is what is shipped
            """);
    assertThat(Target.of(Dockerfile.parse("FROM --platform=$X a\n")).getFirst())
        .isEqualTo(new Target(null, true, "", "a", "$X", SourceRange.line(1)));
  }
}
