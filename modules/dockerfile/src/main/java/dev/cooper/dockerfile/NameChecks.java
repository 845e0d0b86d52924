package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks of names and of how things are written: they need no variables. */
final class NameChecks {
  private final Dockerfile dockerfile;
  private final Findings findings;

  private NameChecks(Dockerfile dockerfile, Findings findings) {
    this.dockerfile = dockerfile;
    this.findings = findings;
  }

  static void run(Dockerfile dockerfile, Findings findings) {
    NameChecks checks = new NameChecks(dockerfile, findings);
    checks.keywords();
    checks.stageNames();
    for (Instruction.Arg arg : dockerfile.globalArguments()) {
      checks.description(arg);
    }
    for (Stage stage : dockerfile.stages()) {
      checks.fromLine(stage);
      for (Instruction instruction : stage.instructions()) {
        if (instruction instanceof Instruction.Arg arg) {
          checks.description(arg);
        } else if (instruction instanceof Instruction.Maintainer) {
          findings.add(
              Check.MAINTAINER_DEPRECATED,
              instruction.origin(),
              "Maintainer instruction is deprecated in favor of using label");
        }
      }
    }
  }

  private void keywords() {
    int lower = 0;
    int upper = 0;
    List<Instruction> all = new ArrayList<>();
    for (Stage stage : dockerfile.stages()) {
      all.add(stage.from());
      all.addAll(stage.instructions());
    }
    for (Instruction instruction : all) {
      String keyword = instruction.origin().keyword();
      if (isLower(keyword)) {
        lower++;
      } else if (isUpper(keyword)) {
        upper++;
      }
    }
    for (Instruction instruction : all) {
      String keyword = instruction.origin().keyword();
      if (lower > upper ? !isLower(keyword) : !isUpper(keyword)) {
        findings.add(
            Check.CONSISTENT_INSTRUCTION_CASING,
            instruction.range(),
            "Command '"
                + keyword
                + "' should match the case of the command majority ("
                + (lower > upper ? "lowercase)" : "uppercase)"));
      }
    }
  }

  private void stageNames() {
    Set<String> seen = new HashSet<>();
    for (Stage stage : dockerfile.stages()) {
      String name = stage.name();
      if (name == null) {
        continue;
      }
      if (name.equals("context") || name.equals("scratch")) {
        findings.add(
            Check.RESERVED_STAGE_NAME,
            stage.from().range(),
            "Stage name should not use the same name as reserved stage " + Quoted.of(name));
      }
      if (!seen.add(name)) {
        findings.add(
            Check.DUPLICATE_STAGE_NAME,
            stage.from().range(),
            "Duplicate stage name " + Quoted.of(name) + ", stage names should be unique");
      }
    }
  }

  private void fromLine(Stage stage) {
    Origin origin = stage.from().origin();
    String name = stage.name();
    if (name == null) {
      return;
    }
    List<String> fields =
        Statement.fields(Statement.of(origin.text(), dockerfile.directives().escape()).arguments());
    String written = fields.get(2);
    if (!isLower(written)) {
      findings.add(
          Check.STAGE_NAME_CASING, origin, "Stage name '" + written + "' should be lowercase");
    }
    String from = origin.keyword();
    String as = fields.get(1);
    // A keyword of mixed case is the business of another check.
    if (isLower(from) ? !isLower(as) : isUpper(from) && !isUpper(as)) {
      findings.add(
          Check.FROM_AS_CASING,
          origin,
          "'" + as + "' and '" + from + "' keywords' casing do not match");
    }
    description("FROM", List.of(name), origin);
  }

  private void description(Instruction.Arg arg) {
    List<String> names = new ArrayList<>();
    for (Instruction.Arg.Declaration declaration : arg.declarations()) {
      names.add(declaration.name());
    }
    description("ARG", names, arg.origin());
  }

  private void description(String instruction, List<String> names, Origin origin) {
    String comment = origin.comment();
    if (comment.isEmpty()) {
      return;
    }
    String last = comment.substring(comment.lastIndexOf('\n') + 1);
    int space = last.indexOf(' ');
    if (!names.contains(space < 0 ? last : last.substring(0, space))) {
      findings.add(
          Check.INVALID_DEFINITION_DESCRIPTION,
          origin,
          "Comment for "
              + instruction
              + " should follow the format: `# "
              + (names.size() > 1 ? "<arg_key>" : names.getFirst())
              + " <description>`");
    }
  }

  private static boolean isLower(String text) {
    return text.equals(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isUpper(String text) {
    return text.equals(text.toUpperCase(Locale.ROOT));
  }
}
