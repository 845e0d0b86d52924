package dev.cooper.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.builder.BuildContext;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.Definition;
import dev.cooper.cli.Console;
import dev.cooper.cli.UsageException;
import dev.cooper.dockerfile.CheckContext;
import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.IgnoreFile;
import io.avaje.jsonb.Jsonb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DefinitionCallTest {
  private static final String DOCKERFILE =
      """
      FROM scratch AS base
      # version which one to build
      ARG version=1
      from base AS Final
      RUN --mount=type=secret,id=key,required=true true
      CMD run it
      """;

  private int code;

  private String call(String call, String dockerfile) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    Definition definition =
        new Definition(Dockerfile.parse(dockerfile), CheckContext.of(IgnoreFile.EMPTY));
    code =
        Objects.requireNonNull(DefinitionCall.parse(call, false))
            .run(
                definition,
                BuildRequest.of(new BuildContext.Empty()),
                new Console(new ByteArrayInputStream(new byte[0]), print, print));
    print.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> json(String call, String dockerfile) {
    return (Map<String, Object>)
        Jsonb.instance().type(Object.class).fromJson(call(call, dockerfile));
  }

  @Test
  void warningsHaveTheirRuleItsPageAndTheLines() {
    assertThat(call("check", "FROM scratch\nCMD run it\n"))
        .isEqualTo(
            """
            Check complete, 1 warning has been found!

            WARNING: JSONArgsRecommended - https://docs.docker.com/go/dockerfile/rule/json-args-recommended/
            JSON arguments recommended for CMD to prevent unintended behavior related to OS signals
            Dockerfile:2
            --------------------
                1 |     FROM scratch
                2 | >>> CMD run it
            --------------------
            """);
    assertThat(code).isEqualTo(1);
    assertThat(call("check", DOCKERFILE))
        .startsWith("Check complete, 4 warnings have been found!\n")
        .contains("StageNameCasing", "ConsistentInstructionCasing", "JSONArgsRecommended");
  }

  @Test
  void aCleanFileIsNoFailure() {
    assertThat(call("check", "FROM scratch\nCMD [\"/run\"]\n"))
        .isEqualTo("Check complete, no warnings found.\n");
    assertThat(code).isZero();
    assertThat(json("check,format=json", "FROM scratch\nCMD [\"/run\"]\n"))
        .containsEntry("warnings", List.of());
    assertThat(code).isZero();
  }

  @Test
  @SuppressWarnings("unchecked")
  void warningsForPrograms() {
    Map<String, Object> document = json("check,format=json", "FROM scratch\nCMD run it\n");
    assertThat(code).isEqualTo(1);
    Map<String, Object> warning = ((List<Map<String, Object>>) document.get("warnings")).getFirst();
    assertThat(warning)
        .containsEntry("ruleName", "JSONArgsRecommended")
        .containsEntry("url", "https://docs.docker.com/go/dockerfile/rule/json-args-recommended/");
    assertThat(warning.get("location").toString()).contains("line=2");
  }

  @Test
  void targetsAndOutline() {
    assertThat(call("targets", DOCKERFILE)).contains("TARGET", "base", "final (default)");
    assertThat(code).isZero();
    assertThat(json("targets,format=json", DOCKERFILE).get("targets").toString())
        .contains("name=base", "default=true", "base=scratch");
    assertThat(call("outline", DOCKERFILE)).contains("SECRET", "key");
    assertThat(json("outline,format=json", DOCKERFILE))
        .containsEntry("name", "final")
        .containsKey("secrets");
  }

  @Test
  void whatIsNoCall() {
    assertThat(DefinitionCall.parse(null, false)).isNull();
    assertThat(DefinitionCall.parse(null, true))
        .isEqualTo(new DefinitionCall(DefinitionCall.Kind.CHECK, false));
    assertThatThrownBy(() -> DefinitionCall.parse("chekc", false))
        .isInstanceOf(UsageException.class)
        .hasMessage("unknown call: chekc (check, outline, targets)");
    assertThatThrownBy(() -> DefinitionCall.parse("check,format=xml", false))
        .isInstanceOf(UsageException.class);
  }
}
