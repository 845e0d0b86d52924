package dev.cooper.dockerfile;

import java.util.List;

/** Writes a parsed file as text that means the same, for tests that read it back. */
final class Printed {
  private Printed() {}

  static String of(Dockerfile dockerfile) {
    StringBuilder out = new StringBuilder();
    if (dockerfile.directives().escape() != '\\') {
      out.append("# escape=").append(dockerfile.directives().escape()).append('\n');
    }
    for (Instruction.Arg arg : dockerfile.globalArguments()) {
      print(arg, out);
    }
    for (Stage stage : dockerfile.stages()) {
      print(stage.from(), out);
      for (Instruction instruction : stage.instructions()) {
        print(instruction, out);
      }
    }
    return out.toString();
  }

  private static void print(Instruction instruction, StringBuilder out) {
    if (instruction instanceof Instruction.OnBuild onBuild) {
      out.append("ONBUILD ").append(onBuild.trigger()).append('\n');
      return;
    }
    out.append(instruction.text()).append('\n');
    for (Heredoc heredoc : heredocs(instruction)) {
      out.append(heredoc.content()).append(heredoc.name()).append('\n');
    }
  }

  private static List<Heredoc> heredocs(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Run run when run.command() instanceof CommandLine.ShellForm shell ->
          shell.heredocs();
      case Instruction.Copy copy -> copy.files();
      case Instruction.Add add -> add.files();
      default -> List.of();
    };
  }

  /** The dump of a file without its line numbers. */
  static String meaning(Dockerfile dockerfile) {
    StringBuilder out = new StringBuilder();
    for (String line : Dump.of(dockerfile).split("\n")) {
      out.append(line.substring(line.indexOf(' ') + 1)).append('\n');
    }
    return out.toString();
  }
}
