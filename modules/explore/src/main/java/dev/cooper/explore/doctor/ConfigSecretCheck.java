package dev.cooper.explore.doctor;

import dev.cooper.explore.fact.SecretPatterns;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.History;
import dev.cooper.image.ImageConfig;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys and passwords in an image's config: variables, and build arguments that the history keeps.
 * What they are is not told again: a finding ends up in logs.
 */
final class ConfigSecretCheck {
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");
  private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=");

  private final ImageConfig config;
  private final Doctor.Findings findings;

  ConfigSecretCheck(ImageConfig config, Doctor.Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  void check() {
    for (String variable : config.config().env()) {
      int equals = variable.indexOf('=');
      if (equals > 0
          && SecretPatterns.isSecret(
              variable.substring(0, equals), variable.substring(equals + 1))) {
        String instruction = "ENV " + variable.substring(0, equals);
        report(
            VisibleText.of(instruction),
            instruction + "=…",
            "leave it out, and give it when the container runs: --env, --env-file");
      }
    }
    Set<String> arguments = new LinkedHashSet<>();
    for (History step : config.history()) {
      arguments.addAll(arguments(step.createdBy() == null ? "" : step.createdBy()));
    }
    for (String name : arguments) {
      report(
          "build argument " + VisibleText.of(name) + " in the history",
          "ARG " + name,
          "change the secret; then build with RUN --mount=type=secret");
    }
  }

  private void report(String what, String instruction, String cure) {
    findings.add(
        new Finding(
            Finding.Severity.WARNING,
            FindingKind.SECRET_IN_CONFIG,
            "",
            Optional.empty(),
            instruction,
            "what looks like a password or key is the value of "
                + what
                + ": whoever has the image can read it",
            cure));
  }

  /**
   * The secret ones of the arguments that a RUN was given: {@code |2 A=x B=y /bin/sh -c …}. Nothing
   * is quoted: a value with blanks makes more words of one argument, which may look like arguments
   * themselves, so after as many as there are further ones count while they follow at once.
   */
  private static Set<String> arguments(String createdBy) {
    Set<String> names = new LinkedHashSet<>();
    int bar = createdBy.startsWith("RUN |") ? 4 : createdBy.startsWith("|") ? 0 : -1;
    String[] words = bar < 0 ? new String[0] : createdBy.substring(bar + 1).split(" ");
    int expected =
        words.length > 1 && COUNT.matcher(words[0]).matches() ? Integer.parseInt(words[0]) : 0;
    int seen = 0;
    for (int i = 1; i < words.length && expected > 0; i++) {
      if (ARGUMENT.matcher(words[i]).lookingAt()) {
        seen++;
        int equals = words[i].indexOf('=');
        String name = words[i].substring(0, equals);
        StringBuilder value = new StringBuilder(words[i].substring(equals + 1));
        while (seen < expected
            && i + 1 < words.length
            && !ARGUMENT.matcher(words[i + 1]).lookingAt()) {
          value.append(' ').append(words[++i]);
        }
        if (SecretPatterns.isSecret(name, value.toString())) {
          names.add(name);
        }
      } else if (seen >= expected) {
        break;
      }
    }
    return names;
  }
}
