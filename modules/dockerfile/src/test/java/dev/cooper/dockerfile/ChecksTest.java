package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {
  private static final BaseImage.Lookup IMAGES =
      name ->
          name.startsWith("known")
              ? new BaseImage(
                  Map.of("PATH", "/bin", "LANG", "C"), name.equals("known-shell"), "linux/arm64/v8")
              : null;

  private static List<String> warnings(String text, String ignored) {
    CheckContext context =
        new CheckContext(
            IgnoreFile.parse(ignored),
            Map.of(),
            PlatformArguments.of("linux/arm64", "linux/arm64", null),
            IMAGES,
            null,
            null);
    return Checks.run(Dockerfile.parse(text), context).stream().map(Warning::toString).toList();
  }

  private static Arguments file(String text, String... warnings) {
    return Arguments.of(text, List.of(warnings));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void findsExactly(String text, List<String> expected) {
    assertThat(warnings(text, "")).isEqualTo(expected);
  }

  static Stream<Arguments> files() {
    return Stream.of(
        file("FROM scratch\nCOPY a b\nENV a=b\nLABEL a=b\nCMD [\"a\"]\n"),
        // Stage names and their keywords.
        file(
            "FROM scratch AS Big\n",
            "StageNameCasing: Stage name 'Big' should be lowercase (line 1)"),
        file(
            "FROM scratch as a\n",
            "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)"),
        file(
            "from scratch AS a\n",
            "FromAsCasing: 'AS' and 'from' keywords' casing do not match (line 1)"),
        file("from scratch as a\n"),
        file(
            "FROM scratch As a\n",
            "FromAsCasing: 'As' and 'FROM' keywords' casing do not match (line 1)"),
        file(
            "From scratch as a\nUSER x\n",
            "ConsistentInstructionCasing: Command 'From' should match the case of the command"
                + " majority (uppercase) (line 1)"),
        file(
            "FROM scratch AS a\nFROM scratch AS A\n",
            "DuplicateStageName: Duplicate stage name \"a\", stage names should be unique (line 2)",
            "StageNameCasing: Stage name 'A' should be lowercase (line 2)"),
        file(
            "FROM scratch AS scratch\nFROM scratch AS context\n",
            "ReservedStageName: Stage name should not use the same name as reserved stage"
                + " \"scratch\" (line 1)",
            "ReservedStageName: Stage name should not use the same name as reserved stage"
                + " \"context\" (line 2)"),
        file("FROM scratch\nFROM scratch AS a\n"),
        // Instructions' casing.
        file(
            "FROM scratch\ncopy a b\nCOPY a b\n",
            "ConsistentInstructionCasing: Command 'copy' should match the case of the command"
                + " majority (uppercase) (line 2)"),
        file(
            "from scratch\nCOPY a b\ncopy a b\n",
            "ConsistentInstructionCasing: Command 'COPY' should match the case of the command"
                + " majority (lowercase) (line 2)"),
        file(
            "from scratch\nCOPY a b\n",
            "ConsistentInstructionCasing: Command 'from' should match the case of the command"
                + " majority (uppercase) (line 1)"),
        file(
            "from scratch\nrUn a\n",
            "ConsistentInstructionCasing: Command 'rUn' should match the case of the command"
                + " majority (lowercase) (line 2)"),
        file("from scratch\ncopy a b\n"),
        file("arg a\nFROM scratch\n"),
        // Continuation lines.
        file(
            "FROM scratch\n\nCOPY a \\\n\n  b\n",
            "NoEmptyContinuation: Empty continuation line (line 5)"),
        file("FROM scratch\nCOPY a \\\n# text\n  b\n"),
        // Shell forms.
        file(
            "FROM scratch\nCMD a\n",
            "JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior"
                + " related to OS signals (line 2)"),
        file(
            "FROM scratch\nENTRYPOINT a\n",
            "JSONArgsRecommended: JSON arguments recommended for ENTRYPOINT to prevent unintended"
                + " behavior related to OS signals (line 2)"),
        file("FROM scratch\nSHELL [\"x\"]\nCMD a\n"),
        file("FROM scratch AS a\nSHELL [\"x\"]\nFROM a\nENTRYPOINT a\n"),
        file("FROM known-shell\nCMD a\n"),
        file("FROM scratch\nRUN a\nHEALTHCHECK CMD a\n"),
        // MAINTAINER.
        file(
            "FROM scratch\nMAINTAINER a\n",
            "MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label"
                + " (line 2)"),
        // Arguments of FROM.
        file("ARG base=scratch\nFROM $base\n"),
        file("ARG BUILDPLATFORM=linux/amd64\nFROM --platform=$BUILDPLATFORM scratch\n"),
        file("FROM --platform=$BUILDPLATFORM scratch\n"),
        file("ARG DEBUG\nFROM scratch${DEBUG}\n"),
        file("ARG DEBUG\nFROM scra${DEBUG:-tch}\n"),
        file("ARG DEBUG=\nFROM scratch${DEBUG-@x}\n"),
        file(
            "FROM --platform=$BULIDPLATFORM scratch\n",
            "UndefinedArgInFrom: FROM argument 'BULIDPLATFORM' is not declared (did you mean"
                + " BUILDPLATFORM?) (line 1)"),
        file(
            "ARG MY_ARCH=amd64\nFROM --platform=linux/${MYARCH:-arm64} known\n",
            "UndefinedArgInFrom: FROM argument 'MYARCH' is not declared (did you mean MY_ARCH?)"
                + " (line 2)"),
        file(
            "ARG tag=1\nFROM known:${tag}${release}\n",
            "UndefinedArgInFrom: FROM argument 'release' is not declared (line 2)"),
        file(
            "ARG V\nFROM busybox:$V\n",
            "InvalidDefaultArgInFrom: Default value for ARG busybox:$V results in empty or invalid"
                + " base image name (line 2)"),
        file(
            "ARG I\nFROM $I\n",
            "InvalidDefaultArgInFrom: Default value for ARG $I results in empty or invalid base"
                + " image name (line 2)"),
        file(
            "ARG S=\"box:\"\nFROM busy${S}\n",
            "InvalidDefaultArgInFrom: Default value for ARG busy${S} results in empty or invalid"
                + " base image name (line 2)"),
        file("ARG V=\"1\"\nFROM busybox:${V}\n"),
        file("ARG V\nFROM busybox:stable${V}\n"),
        // Platforms of FROM.
        file(
            "FROM --platform=$TARGETPLATFORM scratch\n",
            "RedundantTargetPlatform: Setting platform to predefined $TARGETPLATFORM in FROM is"
                + " redundant as this is the default behavior (line 1)"),
        file(
            "FROM --platform=${TARGETPLATFORM} scratch\n",
            "RedundantTargetPlatform: Setting platform to predefined ${TARGETPLATFORM} in FROM is"
                + " redundant as this is the default behavior (line 1)"),
        file(
            "FROM --platform=linux/amd64 scratch\n",
            "FromPlatformFlagConstDisallowed: FROM --platform flag should not use constant value"
                + " \"linux/amd64\" (line 1)"),
        file("FROM --platform=linux/amd64 scratch AS my_amd64_stage\n"),
        file("FROM --platform=linux/amd64 scratch AS linux\n"),
        file(
            "FROM --platform=linux/$TARGETARCH known\nFROM --platform=$X/amd64 known\n",
            "UndefinedArgInFrom: FROM argument 'X' is not declared (line 2)",
            "InvalidBaseImagePlatform: Base image known was pulled with platform \"linux/arm64\","
                + " expected \"/amd64\" for current build (line 2)"),
        // Directories.
        file(
            "FROM scratch\nWORKDIR app/\nWORKDIR b\n",
            "WorkdirRelativePath: Relative workdir \"app/\" can have unexpected results if the base"
                + " image changes (line 2)"),
        file("FROM scratch AS a\nWORKDIR /app\nFROM a\nWORKDIR sub\n"),
        file("FROM scratch\nARG d=/x\nWORKDIR $d\n"),
        // Variables.
        file("FROM scratch\nARG foo\nCOPY a${foo} .\n"),
        file("FROM scratch AS base\nARG foo=a\nFROM base\nCOPY $foo .\n"),
        file("FROM scratch\nRUN echo $nothing\nCMD [\"$nothing\"]\n"),
        file("FROM known\nENV a=$LANG:$PATH\n"),
        file("FROM unknown\nENV a=$anything\n"),
        file("FROM scratch\nENV a=$TARGETARCH\n", undefined("TARGETARCH", 2)),
        file("FROM scratch\nARG TARGETARCH\nENV a=$TARGETARCH\n"),
        file("FROM scratch\nCOPY $foo .\nARG foo=b\n", undefined("foo", 2)),
        file("FROM scratch\nENV a=1 b=$a\n", undefined("a", 2)),
        file("FROM scratch\nARG a=1 b=$a\n"),
        file("FROM scratch\nARG a=$b\n", undefined("b", 2)),
        file("FROM scratch\nCOPY $x $x /d\n", undefined("x", 2)),
        file("FROM scratch\nCOPY <<A /d\n$x\nA\n", undefined("x", 2)),
        file("FROM scratch\nRUN --mount=type=cache,target=$x true\n", undefined("x", 2)),
        file("FROM scratch\nEXPOSE ${x:-1}\n", undefined("x", 2)),
        file(
            "FROM scratch\nARG DIR_A=a\nARG DIR_ASSETS=b\nCOPY $DIR_ASSET .\n",
            "UndefinedVar: Usage of undefined variable '$DIR_ASSET' (did you mean $DIR_ASSETS?)"
                + " (line 4)"),
        file(
            "FROM known\nENV PATH=$PAHT:/x\n",
            "UndefinedVar: Usage of undefined variable '$PAHT' (did you mean $PATH?) (line 2)"),
        // Instructions of which one counts.
        file(
            "FROM scratch\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]\nCMD [\"a\"]\nCMD [\"b\"]\n"
                + "HEALTHCHECK CMD a\nHEALTHCHECK NONE\n",
            once("ENTRYPOINT", 2),
            once("CMD", 4),
            once("HEALTHCHECK", 6)),
        file("FROM scratch AS a\nCMD [\"a\"]\nFROM a\nCMD [\"b\"]\n"),
        // Keys and values.
        file(
            "FROM scratch\nENV a b\nLABEL c d\n",
            "LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy \"ENV key"
                + " value\" format (line 2)",
            "LegacyKeyValueFormat: \"LABEL key=value\" should be used instead of legacy \"LABEL key"
                + " value\" format (line 3)"),
        // Secrets.
        file("FROM scratch\nARG SECRET_PASSPHRASE\n", secret("ARG", "SECRET_PASSPHRASE", 2)),
        file("FROM scratch\nENV SUPER_Secret=x\n", secret("ENV", "SUPER_Secret", 2)),
        file(
            "FROM scratch\nENV password=x secret=y\n",
            secret("ENV", "password", 2),
            secret("ENV", "secret", 2)),
        file("FROM scratch\nARG a_secret_token=x\n", secret("ARG", "a_secret_token", 2)),
        file("FROM scratch\nENV apikey=x sunflower=y\n", secret("ENV", "apikey", 2)),
        file("FROM scratch\nENV git_key=\n", secret("ENV", "git_key", 2)),
        file("FROM scratch\nENV PUBLIC_KEY= password_file=x secret_File=y monkey=z\n"),
        file("FROM scratch\nARG AUTH_MODULE_VERSION\nARG public_token\n"),
        file("ARG password\nFROM scratch\n"),
        // Ports.
        file(
            "FROM scratch\nEXPOSE 80/TcP 8080/TCP 8080/udp\n",
            "ExposeProtoCasing: Defined protocol '80/TcP' in EXPOSE instruction should be lowercase"
                + " (line 2)",
            "ExposeProtoCasing: Defined protocol '8080/TCP' in EXPOSE instruction should be"
                + " lowercase (line 2)"),
        file(
            "FROM scratch\nEXPOSE 127.0.0.1:80:80 [::1]:8080:8080 5000:5000 8000\n",
            mapped("127.0.0.1:80:80"),
            mapped("5000:5000"),
            mapped("[::1]:8080:8080")),
        // Platforms of images.
        file(
            "ARG P=linux/amd64\nFROM --platform=$P known\n",
            "InvalidBaseImagePlatform: Base image known was pulled with platform \"linux/arm64\","
                + " expected \"linux/amd64\" for current build (line 2)"),
        file("FROM known\n"));
  }

  private static String undefined(String name, int line) {
    return "UndefinedVar: Usage of undefined variable '$" + name + "' (line " + line + ")";
  }

  private static String once(String name, int line) {
    return "MultipleInstructionsDisallowed: Multiple "
        + name
        + " instructions should not be used in the same stage because only the last one will be"
        + " used (line "
        + line
        + ")";
  }

  private static String secret(String instruction, String name, int line) {
    return "SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data ("
        + instruction
        + " \""
        + name
        + "\") (line "
        + line
        + ")";
  }

  private static String mapped(String port) {
    return "ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port"
        + " mapping, found '"
        + port
        + "' (line 2)";
  }

  @Test
  void ignoredFiles() {
    String text = "FROM scratch\nCOPY a.txt ./b/../c https://x/a.txt /\nADD c/d /\n";

    assertThat(warnings(text, "a.txt\nc\n"))
        .containsExactly(
            "CopyIgnoredFile: Attempting to Copy file \"a.txt\" that is excluded by .dockerignore"
                + " (line 2)",
            "CopyIgnoredFile: Attempting to Copy file \"c\" that is excluded by .dockerignore"
                + " (line 2)",
            "CopyIgnoredFile: Attempting to Add file \"c/d\" that is excluded by .dockerignore"
                + " (line 3)");
    assertThat(warnings(text, "a.txt\nc\n!c/d/e\n")).isEmpty();
    assertThat(warnings("FROM scratch AS a\nFROM scratch\nCOPY --from=a x y\n", "x\n")).isEmpty();
    assertThat(warnings("FROM scratch\nCOPY . .\n", ".*\n")).isEmpty();
    assertThat(warnings("FROM scratch\nCOPY . .\n", "*\n"))
        .containsExactly(
            "CopyIgnoredFile: Attempting to Copy file \".\" that is excluded by .dockerignore"
                + " (line 2)");
  }

  @Test
  void descriptionsAreCheckedOnRequest() {
    String text =
        """
        # bar this is the bar
        ARG foo=bar
        # Base is the image
        FROM scratch AS base
        # a bad comment
        ARG version=1
        # some bad comment
        ARG a=1 b=2
        # b is fine
        ARG a=1 b=2
        # not about this
        #
        ARG c
        # of no interest
        COPY a b
        """;
    assertThat(warnings("\n" + text, "")).isEmpty();
    assertThat(warnings("# check=experimental=all\n" + text, ""))
        .containsExactly(
            "InvalidDefinitionDescription: Comment for ARG should follow the format: `# foo"
                + " <description>` (line 3)",
            "InvalidDefinitionDescription: Comment for FROM should follow the format: `# base"
                + " <description>` (line 5)",
            "InvalidDefinitionDescription: Comment for ARG should follow the format: `# version"
                + " <description>` (line 7)",
            "InvalidDefinitionDescription: Comment for ARG should follow the format: `# <arg_key>"
                + " <description>` (line 9)");
    assertThat(warnings("# check=skip=all;experimental=InvalidDefinitionDescription\n" + text, ""))
        .hasSize(4);
  }

  @Test
  void checksAreSkippedByDirective() {
    String text = "FROM scratch as base\ncopy a b\n";

    assertThat(warnings("#check=skip=all\n" + text, "")).isEmpty();
    assertThat(warnings("#check=skip=ConsistentInstructionCasing,FromAsCasing\n" + text, ""))
        .isEmpty();
    assertThat(warnings("#check=skip=ConsistentInstructionCasing\n" + text, ""))
        .containsExactly("FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 2)");
  }

  @Test
  void aCommentSkipsChecksOfTheInstructionBelow() {
    assertThat(
            warnings(
                """
                FROM scratch
                # check=skip=SecretsUsedInArgOrEnv // reasons
                ENV password=a
                ENV password=b
                # check=skip=all
                MAINTAINER a
                # check=nonsense
                CMD ["a"]
                """,
                ""))
        .containsExactly(secret("ENV", "password", 4));
  }

  @Test
  void warningsCanBeErrors() {
    Dockerfile strict = Dockerfile.parse("# check=error=true\nFROM scratch as a\nCMD a\n");
    CheckContext context = CheckContext.of(IgnoreFile.EMPTY);
    List<Warning> warnings = Checks.run(strict, context);

    assertThat(Checks.violation(strict, context, warnings))
        .isEqualTo("lint violation found for rules: FromAsCasing, JSONArgsRecommended");
    assertThat(Checks.violation(strict, context, List.of())).isNull();
    Dockerfile lax = Dockerfile.parse("FROM scratch as a\n");
    assertThat(Checks.violation(lax, context, Checks.run(lax, context))).isNull();
  }

  @Test
  void optionsFromOutsideReplaceTheDirective() {
    Dockerfile file = Dockerfile.parse("# check=skip=all\nFROM scratch as a\n");
    CheckContext plain = CheckContext.of(IgnoreFile.EMPTY);
    CheckContext context =
        new CheckContext(
            IgnoreFile.EMPTY,
            Map.of(),
            plain.platformArguments(),
            BaseImage.Lookup.NONE,
            null,
            Directives.CheckOptions.parse("error=true"));
    List<Warning> warnings = Checks.run(file, context);

    assertThat(warnings).hasSize(1);
    assertThat(Checks.violation(file, context, warnings)).isNotNull();
  }

  @Test
  void onlyStagesThatAreBuiltAreLookedInto() {
    Dockerfile file =
        Dockerfile.parse("FROM scratch AS a\nCMD a\nFROM scratch AS b\nCMD b\nFROM scratch as c\n");
    CheckContext all = CheckContext.of(IgnoreFile.EMPTY);
    CheckContext one =
        new CheckContext(
            IgnoreFile.EMPTY,
            Map.of(),
            all.platformArguments(),
            BaseImage.Lookup.NONE,
            Set.of(1),
            null);

    assertThat(Checks.run(file, one))
        .extracting(warning -> warning.check().title() + " " + warning.range())
        .containsExactly("JSONArgsRecommended 4", "FromAsCasing 5");
  }

  @Test
  void aWarningShowsItsLines() {
    Dockerfile file = Dockerfile.parse("FROM scratch\nCMD a\n");

    assertThat(Checks.run(file, (IgnoreFile) null).getFirst().render(file.source()))
        .isEqualTo(
            """
            WARNING: JSONArgsRecommended
            JSON arguments recommended for CMD to prevent unintended behavior related to OS signals
            Dockerfile:2
            --------------------
                1 |     FROM scratch
                2 | >>> CMD a
            --------------------
            """);
  }

  @Test
  void thereAreTwentyTwoChecks() {
    assertThat(Check.values())
        .hasSize(22)
        .allSatisfy(c -> assertThat(c.description()).isNotBlank());
  }

  @Test
  void brokenSubstitutionsAreLeftToTheBuild() {
    assertThat(warnings("ARG a=${b:?no}\nFROM scratch\nENV c=${d:?no}\nCMD e\n", "")).isEmpty();
    assertThat(warnings("FROM scratch\nENV c=${d:?no}\nCMD e\n", ""))
        .containsExactly(undefined("d", 2), shell(3));
  }

  private static String shell(int line) {
    return "JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior"
        + " related to OS signals (line "
        + line
        + ")";
  }
}
