package dev.cooper.cli.build;

import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.Definition;
import dev.cooper.cli.Console;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.JsonText;
import dev.cooper.dockerfile.Checks;
import dev.cooper.dockerfile.Outline;
import dev.cooper.dockerfile.Target;
import dev.cooper.dockerfile.Warning;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code --check} and {@code --call}: what is said of a Dockerfile instead of building it, in the
 * words and with the exit codes of buildx.
 *
 * @param json whether for programs
 */
record DefinitionCall(Kind kind, boolean json) {
  private static final String RULES = "https://docs.docker.com/go/dockerfile/rule/";

  /** What is asked for. */
  enum Kind {
    CHECK,
    OUTLINE,
    TARGETS
  }

  /**
   * Reads {@code check}, {@code outline,format=json} and the like.
   *
   * @return null for a build
   * @throws UsageException for what is none of them
   */
  static @Nullable DefinitionCall parse(@Nullable String text, boolean check) {
    String given = text == null ? (check ? "check" : "build") : text;
    String[] words = given.split(",", -1);
    boolean json = false;
    for (int i = 1; i < words.length; i++) {
      switch (words[i]) {
        case "format=json" -> json = true;
        case "format=text" -> json = false;
        default ->
            throw new UsageException(
                "invalid call option: " + words[i] + " (format=json, format=text)",
                "cooper build --help");
      }
    }
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "build" -> null;
      case "check", "lint" -> new DefinitionCall(Kind.CHECK, json);
      case "outline" -> new DefinitionCall(Kind.OUTLINE, json);
      case "targets" -> new DefinitionCall(Kind.TARGETS, json);
      default ->
          throw new UsageException(
              "unknown call: " + words[0] + " (check, outline, targets)", "cooper build --help");
    };
  }

  /** Writes the answer, and returns the exit code. */
  int run(Definition definition, BuildRequest request, Console console) {
    PrintStream out = console.out();
    switch (kind) {
      case CHECK -> {
        List<Warning> warnings = Checks.run(definition.dockerfile(), definition.checks());
        if (json) {
          out.println(
              JsonText.indented(
                  DefinitionDocument.checks(warnings, definition.dockerfile().source())));
        } else {
          print(warnings, definition, out);
        }
        return warnings.isEmpty() ? 0 : 1;
      }
      case OUTLINE -> {
        Outline outline =
            Outline.of(
                definition.dockerfile(),
                request.target(),
                request.arguments(),
                definition.checks().platformArguments());
        out.print(
            json
                ? JsonText.indented(
                        DefinitionDocument.outline(outline, definition.dockerfile().source()))
                    + "\n"
                : outline.render());
        return 0;
      }
      case TARGETS -> {
        List<Target> targets = Target.of(definition.dockerfile());
        out.print(
            json
                ? JsonText.indented(
                        DefinitionDocument.targets(targets, definition.dockerfile().source()))
                    + "\n"
                : Target.render(targets));
        return 0;
      }
    }
    throw new IllegalStateException(kind.toString());
  }

  private static void print(List<Warning> warnings, Definition definition, PrintStream out) {
    if (warnings.isEmpty()) {
      out.println("Check complete, no warnings found.");
      return;
    }
    out.println(
        warnings.size() == 1
            ? "Check complete, 1 warning has been found!"
            : "Check complete, " + warnings.size() + " warnings have been found!");
    for (Warning warning : warnings) {
      out.println();
      out.println("WARNING: " + warning.check().title() + " - " + url(warning));
      out.println(warning.message());
      out.print(definition.dockerfile().source().excerpt(warning.range()));
    }
  }

  /** Where a rule is explained. */
  static String url(Warning warning) {
    return RULES + warning.check().name().toLowerCase(Locale.ROOT).replace('_', '-') + "/";
  }
}
