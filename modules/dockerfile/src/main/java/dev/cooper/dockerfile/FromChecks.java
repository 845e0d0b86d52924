package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks of what FROM lines make of their arguments. */
final class FromChecks {
  private final CheckContext context;
  private final Findings findings;
  private final GlobalVariables globals;

  /** The names that a FROM line may use, whether they have a value or not. */
  private final Set<String> declared;

  private FromChecks(CheckContext context, Findings findings, GlobalVariables globals) {
    this.context = context;
    this.findings = findings;
    this.globals = globals;
    this.declared = new LinkedHashSet<>(globals.all().keySet());
  }

  static void run(Dockerfile dockerfile, CheckContext context, Findings findings) {
    defaults(dockerfile, context, findings);
    GlobalVariables globals;
    try {
      globals =
          GlobalVariables.of(
              dockerfile.globalArguments(), context.buildArguments(), context.platformArguments());
    } catch (DockerfileException e) {
      return; // The build will say so.
    }
    FromChecks checks = new FromChecks(context, findings, globals);
    for (Instruction.Arg arg : dockerfile.globalArguments()) {
      for (Instruction.Arg.Declaration declaration : arg.declarations()) {
        checks.declared.add(declaration.name());
      }
    }
    for (Stage stage : dockerfile.stages()) {
      try {
        checks.stage(dockerfile, stage);
      } catch (DockerfileException e) {
        continue; // Here too.
      }
    }
  }

  /** Looks at the names that base images have if no build argument is given. */
  private static void defaults(Dockerfile dockerfile, CheckContext context, Findings findings) {
    try {
      GlobalVariables plain =
          GlobalVariables.of(dockerfile.globalArguments(), Map.of(), context.platformArguments());
      for (Stage stage : dockerfile.stages()) {
        Word image = stage.from().image();
        if (!ImageNames.isValid(image.resolve(plain))) {
          findings.add(
              Check.INVALID_DEFAULT_ARG_IN_FROM,
              stage.from().range(),
              "Default value for ARG "
                  + image.text()
                  + " results in empty or invalid base image name");
        }
      }
    } catch (DockerfileException e) {
      return; // What cannot be expanded is not judged.
    }
  }

  private void stage(Dockerfile dockerfile, Stage stage) {
    Instruction.From from = stage.from();
    Uses uses = new Uses(globals);
    String image;
    try {
      image = from.image().resolve(uses);
    } finally {
      undeclared(uses, from);
    }
    String platform = platform(from);
    if (context.stages() == null || context.stages().contains(stage.index())) {
      imagePlatform(dockerfile, stage, image, platform);
    }
  }

  private void undeclared(Uses uses, Instruction.From from) {
    for (String name : uses.missing) {
      if (!declared.contains(name)) {
        findings.add(
            Check.UNDEFINED_ARG_IN_FROM,
            from.origin(),
            "FROM argument '"
                + name
                + "' is not declared"
                + Suggestion.didYouMean(name, new ArrayList<>(declared)));
      }
    }
  }

  private @Nullable String platform(Instruction.From from) {
    Word platform = from.platform();
    if (platform == null) {
      return null;
    }
    Uses uses = new Uses(globals);
    String value;
    try {
      value = platform.resolve(uses);
    } finally {
      undeclared(uses, from);
    }
    if (uses.missing.isEmpty()
        && uses.found.equals(Set.of("TARGETPLATFORM"))
        && value.equals(globals.get("TARGETPLATFORM"))) {
      findings.add(
          Check.REDUNDANT_TARGET_PLATFORM,
          from.origin(),
          "Setting platform to predefined "
              + platform.text()
              + " in FROM is redundant as this is the default behavior");
    }
    if (uses.missing.isEmpty() && uses.found.isEmpty()) {
      constant(from, value);
    }
    return value;
  }

  /** A constant platform is fine in a stage whose name says so. */
  private void constant(Instruction.From from, String platform) {
    String name = from.stageName() == null ? "" : from.stageName();
    for (String part : Platforms.normalized(platform).split("/", 3)) {
      if (name.contains(part)) {
        return;
      }
    }
    if (Platforms.isValid(platform)) {
      findings.add(
          Check.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
          from.origin(),
          "FROM --platform flag should not use constant value " + Quoted.of(platform));
    }
  }

  private void imagePlatform(
      Dockerfile dockerfile, Stage stage, String image, @Nullable String platform) {
    if (Stages.named(dockerfile.stages(), image, stage.index()) != null) {
      return;
    }
    BaseImage base = image.equals("scratch") ? null : context.images().find(image);
    String wanted = platform == null ? globals.get("TARGETPLATFORM") : platform;
    if (base == null || base.platform() == null || wanted == null) {
      return;
    }
    String expected = Platforms.normalized(wanted);
    String actual = Platforms.normalized(base.platform());
    if (!Platforms.sameMachine(expected, actual)) {
      findings.add(
          Check.INVALID_BASE_IMAGE_PLATFORM,
          stage.from().range(),
          "Base image "
              + image
              + " was pulled with platform "
              + Quoted.of(actual)
              + ", expected "
              + Quoted.of(expected)
              + " for current build");
    }
  }
}
