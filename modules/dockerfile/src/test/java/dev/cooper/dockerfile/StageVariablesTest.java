package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageVariablesTest {
  private static final Map<String, String> PLATFORMS =
      PlatformArguments.of("linux/amd64", "linux/arm64/v8", "app");

  private static GlobalVariables globals(Dockerfile file, Map<String, String> buildArguments) {
    return GlobalVariables.of(file.globalArguments(), buildArguments, PLATFORMS);
  }

  /** The variables at the end of the last stage of a file, all stages one on the other. */
  private static StageVariables after(String text, Map<String, String> buildArguments) {
    Dockerfile file = Dockerfile.parse(text);
    StageVariables variables =
        StageVariables.onImage(globals(file, buildArguments), Map.of("PATH", "/bin"));
    for (Stage stage : file.stages()) {
      variables = variables.inherit();
      for (Instruction instruction : stage.instructions()) {
        variables.next(instruction);
      }
    }
    return variables;
  }

  private static StageVariables after(String text) {
    return after(text, Map.of());
  }

  @Test
  void anInstructionSeesWhatStoodBeforeIt() {
    StageVariables variables = after("FROM a\nENV x=1\nENV x=2 y=$x\nENV z=$x$y\n");

    assertThat(variables.environment())
        .containsExactly(
            Map.entry("PATH", "/bin"),
            Map.entry("x", "2"),
            Map.entry("y", "1"),
            Map.entry("z", "21"));
  }

  @Test
  void declarationsOfOneArgSeeEachOther() {
    assertThat(after("FROM a\nARG x=1 y=${x}2\n").get("y")).isEqualTo("12");
  }

  @Test
  void globalArgumentsAreSeenByFromOnly() {
    Dockerfile file =
        Dockerfile.parse("ARG V=1\nARG I=img:$V\nFROM --platform=$BUILDPLATFORM $I\nENV e=[$V]\n");
    GlobalVariables globals = globals(file, Map.of());
    Instruction.From from = file.stages().getFirst().from().resolve(globals);

    assertThat(from.image().text()).isEqualTo("img:1");
    assertThat(from.platform()).hasToString("linux/amd64");
    assertThat(after("ARG V=1\nFROM a\nENV e=[$V]\n").get("e")).isEqualTo("[]");
    assertThat(after("ARG V=1\nFROM a\nARG V\nENV e=[$V]\n").get("e")).isEqualTo("[1]");
    assertThat(after("ARG V=1\nFROM a\nARG V=2\nENV e=[$V]\n").get("e")).isEqualTo("[2]");
  }

  @Test
  void aBuildArgumentReplacesDefaults() {
    Map<String, String> given = Map.of("V", "9", "UNDECLARED", "x");

    assertThat(after("ARG V=1\nFROM a\nARG V=2\n", given).get("V")).isEqualTo("9");
    assertThat(after("FROM a\nARG V\n", given).get("V")).isEqualTo("9");
    assertThat(after("FROM a\n", given).get("V")).isNull();
    assertThat(after("FROM a\nENV e=$UNDECLARED\n", given).get("e")).isEmpty();
    // A default that is not needed may even be wrong.
    assertThat(after("FROM a\nARG V=${NO:?no}\n", given).get("V")).isEqualTo("9");
  }

  @Test
  void environmentAndArgumentsOfOneNameFollowEachOther() {
    StageVariables argumentFirst = after("FROM a\nARG x=arg\nENV x=env\n");
    assertThat(argumentFirst.get("x")).isEqualTo("env");
    StageVariables argumentLast = after("FROM a\nENV x=env\nARG x=arg\n");
    assertThat(argumentLast.get("x")).isEqualTo("arg");
    assertThat(argumentLast.environment()).containsEntry("x", "env");
    assertThat(after("FROM a\nENV x=env\nARG x\n").get("x")).isEqualTo("env");
  }

  @Test
  void processesSeeArgumentsThatTheEnvironmentDoesNotReplace() {
    assertThat(after("FROM a\nARG z=1 n\nENV e=2\nARG b=3\nENV b=4\nARG e=5\n").beyondEnvironment())
        .containsExactly(Map.entry("e", "5"), Map.entry("z", "1"));
  }

  @Test
  void stagesInheritArgumentsFromTheStageTheyStartFrom() {
    StageVariables variables = after("FROM a AS b\nARG x=1\nENV y=2\nFROM b\nENV z=$x$y\n");

    assertThat(variables.get("z")).isEqualTo("12");
    assertThat(variables.arguments()).containsExactly(Map.entry("x", "1"));
  }

  @Test
  void argumentsAreListedForHistory() {
    StageVariables variables = after("FROM a\nARG b=1 none\nARG a=2\nENV b=3\n", Map.of("a", "4"));

    assertThat(variables.arguments())
        .containsExactly(Map.entry("b", "3"), Map.entry("none", ""), Map.entry("a", "4"));
    assertThat(variables.all()).containsEntry("a", "4").doesNotContainKey("none");
    assertThat(variables.environment()).containsOnlyKeys("PATH", "b");
  }

  @Test
  void platformArgumentsHaveToBeDeclared() {
    assertThat(after("FROM a\nENV e=$TARGETARCH\n").get("e")).isEmpty();
    StageVariables variables =
        after(
            "FROM a\nARG TARGETARCH TARGETVARIANT BUILDPLATFORM TARGETPLATFORM TARGETSTAGE"
                + " BUILDOSVERSION\n",
            Map.of("TARGETVARIANT", "v9"));
    assertThat(variables.get("TARGETARCH")).isEqualTo("arm64");
    assertThat(variables.get("TARGETVARIANT")).isEqualTo("v9");
    assertThat(variables.get("BUILDPLATFORM")).isEqualTo("linux/amd64");
    assertThat(variables.get("TARGETPLATFORM")).isEqualTo("linux/arm64/v8");
    assertThat(variables.get("TARGETSTAGE")).isEqualTo("app");
    assertThat(variables.get("BUILDOSVERSION")).isEmpty();
    assertThat(after("FROM a\nARG TARGETOS=x\n").get("TARGETOS")).isEqualTo("x");
  }

  @Test
  void platformsOfWindowsHaveVersions() {
    assertThat(PlatformArguments.of("linux/amd64", "windows(10.0.1)/amd64", null))
        .containsEntry("TARGETOS", "windows")
        .containsEntry("TARGETOSVERSION", "10.0.1")
        .containsEntry("TARGETSTAGE", "default");
  }

  @Test
  void whatSteersTheBuilderIsNotSeenInside() {
    StageVariables variables = after("FROM a\nARG BUILDKIT_SBOM_SCAN_STAGE=true\n");

    assertThat(variables.get("BUILDKIT_SBOM_SCAN_STAGE")).isNull();
    assertThat(variables.arguments()).containsEntry("BUILDKIT_SBOM_SCAN_STAGE", "true");
  }

  @Test
  void proxiesNeedNoDeclaration() {
    assertThat(ProxyArguments.environment(Map.of("http_proxy", "p", "NO_PROXY", "n", "x", "y")))
        .containsExactly(
            Map.entry("HTTP_PROXY", "p"), Map.entry("http_proxy", "p"),
            Map.entry("NO_PROXY", "n"), Map.entry("no_proxy", "n"));
    assertThat(ProxyArguments.isProxy("Https_Proxy")).isTrue();
    assertThat(ProxyArguments.isProxy("proxy")).isFalse();
  }

  @Test
  void wordsAreSettledOnce() {
    Dockerfile file =
        Dockerfile.parse(
            """
            FROM a
            ENV u=me d=/x p=8000 n=\\$u
            COPY --chown=$u --chmod=$n "a$d" $d
            ADD --checksum=$u $d $u
            EXPOSE $p-${p%0}1/UDP
            VOLUME $d
            USER $u
            WORKDIR $d/$u
            LABEL $u="$d"
            STOPSIGNAL ${s:-SIGTERM}
            """);
    StageVariables variables = StageVariables.onImage(globals(file, Map.of()), Map.of());
    StringBuilder dump = new StringBuilder();
    for (Instruction instruction : file.stages().getFirst().instructions()) {
      Instruction settled = variables.next(instruction);
      assertThat(settled.resolve(name -> "other")).isEqualTo(settled);
      dump.append(Dump.of(settled)).append('\n');
    }

    assertThat(dump.toString())
        .isEqualTo(
            """
            2 ENV u=me d=/x p=8000 n=$u
            3 COPY chown:me chmod:$u a/x -> /x
            4 ADD checksum:me /x -> me
            5 EXPOSE 8000/udp 8001/udp
            6 VOLUME /x
            7 USER me
            8 WORKDIR /x/me
            9 LABEL me=/x
            10 STOPSIGNAL SIGTERM
            """);
  }

  @Test
  void valuesAreLookedAtOnceTheyAreKnown() {
    assertThatThrownBy(() -> after("FROM a\nENV s=NOPE\nSTOPSIGNAL $s\n"))
        .hasMessage("invalid signal: NOPE");
    assertThatThrownBy(() -> after("FROM a\nEXPOSE ${p:-x}\n"))
        .hasMessage("invalid containerPort: x");
    assertThatThrownBy(() -> after("FROM a\nVOLUME $v\n"))
        .hasMessage("VOLUME specified can not be an empty string");
  }

  @Test
  void aBlankBaseIsRefused() {
    Dockerfile file = Dockerfile.parse("ARG I\nFROM $I\nFROM --platform=$P a\n");
    GlobalVariables globals = globals(file, Map.of());

    assertThatThrownBy(() -> file.stages().get(0).from().resolve(globals))
        .hasMessage("base name ($I) should not be blank");
    assertThatThrownBy(() -> file.stages().get(1).from().resolve(globals))
        .hasMessage("empty platform value from expression $P");
  }

  @Test
  void allWrongDefaultsAreTold() {
    Dockerfile file = Dockerfile.parse("ARG a=${x:?1}\nARG b=${y:?2}\nFROM a\n");

    assertThatThrownBy(() -> globals(file, Map.of()))
        .isInstanceOfSatisfying(
            DockerfileException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.range().startLine())
                    .isEqualTo(List.of(1, 2)));
  }
}
