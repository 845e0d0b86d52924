package dev.cooper.dockerfile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of a Dockerfile that is well formed but perhaps not meant so. */
public final class Checks {
  private Checks() {}

  /** Checks all stages, without knowledge of base images; see {@link CheckContext#of}. */
  public static List<Warning> run(Dockerfile dockerfile, @Nullable IgnoreFile ignoreFile) {
    return run(dockerfile, CheckContext.of(ignoreFile == null ? IgnoreFile.EMPTY : ignoreFile));
  }

  /** The findings in the order of their lines; none twice. */
  public static List<Warning> run(Dockerfile dockerfile, CheckContext context) {
    Findings findings = new Findings(options(dockerfile, context));
    for (SourceRange range : dockerfile.emptyContinuations()) {
      findings.add(Check.NO_EMPTY_CONTINUATION, range, "Empty continuation line");
    }
    NameChecks.run(dockerfile, findings);
    FromChecks.run(dockerfile, context, findings);
    new StageChecks(dockerfile, context, findings).run();
    return findings.inOrder();
  }

  /**
   * The message that ends a build because of warnings, or null if they do not: there are none, or
   * {@code check=error=true} is not said.
   */
  public static @Nullable String violation(
      Dockerfile dockerfile, CheckContext context, List<Warning> warnings) {
    if (warnings.isEmpty() || !options(dockerfile, context).error()) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>();
    for (Warning warning : warnings) {
      names.add(warning.check().title());
    }
    return "lint violation found for rules: " + String.join(", ", names);
  }

  private static Directives.CheckOptions options(Dockerfile dockerfile, CheckContext context) {
    return context.options() == null ? dockerfile.directives().check() : context.options();
  }
}
