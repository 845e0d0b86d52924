package dev.cooper.explore.doctor;

import dev.cooper.explore.fact.SecretPatterns;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.History;
import dev.cooper.image.ImageConfig;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keys and passwords in an image's config: variables, and build arguments that the history keeps.
 * What they are is not told again: a finding ends up in logs.
 */
final class ConfigSecretCheck {
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

  /** The secret ones of the arguments that a RUN was given: {@code |2 A=x B=y /bin/sh -c …}. */
  private static Set<String> arguments(String createdBy) {
    Set<String> names = new LinkedHashSet<>();
    int bar = createdBy.startsWith("RUN |") ? 4 : createdBy.startsWith("|") ? 0 : -1;
    String[] words = bar < 0 ? new String[0] : createdBy.substring(bar + 1).split(" ");
    // A value with blanks makes more words of one argument: all before the shell are looked at.
    for (int i = 1; i < words.length && !words[i].startsWith("/"); i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0
          && SecretPatterns.isSecret(
              words[i].substring(0, equals), words[i].substring(equals + 1))) {
        names.add(words[i].substring(0, equals));
      }
    }
    return names;
  }
}
