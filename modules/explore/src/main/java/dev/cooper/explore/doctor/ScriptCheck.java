package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.tree.FileNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scripts that the kernel cannot start. */
final class ScriptCheck {
  private final ContainerConfig config;
  private final ImageFiles files;
  private final StartedPrograms started;
  private final Doctor.Findings findings;

  /** What is wrong with an interpreter, in words, and the scripts that ask for it. */
  private final Map<String, List<FileNode>> unusable = new LinkedHashMap<>();

  ScriptCheck(
      ContainerConfig config, ImageFiles files, StartedPrograms started, Doctor.Findings findings) {
    this.config = config;
    this.files = files;
    this.started = started;
    this.findings = findings;
  }

  void check() {
    for (FileNode node : files.tree().walk()) {
      if (node.isFile() && (node.entry().mode() & 0111) != 0 && !isDocumentation(node)) {
        for (Fact fact : files.facts(node)) {
          if (fact instanceof Fact.Script script) {
            check(node, script);
          }
        }
      }
    }
    unusable.forEach(this::report);
  }

  private void check(FileNode node, Fact.Script script) {
    Shebang shebang = Shebang.of(script.line());
    if (script.carriageReturn()) {
      carriageReturn(node, script.line(), shebang);
      return;
    }
    String interpreter = shebang.interpreter();
    if (interpreter.isEmpty()) {
      return;
    }
    if (!interpreter.startsWith("/")) {
      findings.add(
          severity(node, Finding.Severity.WARNING),
          FindingKind.SCRIPT_INTERPRETER_RELATIVE,
          node,
          "its first line, #!"
              + VisibleText.of(script.line())
              + ", names no absolute path: it starts only where that is",
          "name the interpreter from the root, or use #!/usr/bin/env");
      return;
    }
    String wrong = wrong(interpreter, files.tree().resolve(interpreter), "is not in the image");
    if (wrong.isEmpty() && !shebang.throughEnv().isEmpty()) {
      String name = shebang.throughEnv();
      wrong =
          wrong(
              name,
              StartedPrograms.find(files.tree(), config, name),
              name.contains("/")
                  ? "is not in the image"
                  : "is in no folder of PATH=" + VisibleText.of(StartedPrograms.path(config)));
    }
    if (!wrong.isEmpty()) {
      unusable.computeIfAbsent(wrong, name -> new ArrayList<>()).add(node);
    }
  }

  /** Why something cannot be an interpreter; empty when it can. */
  private static String wrong(String interpreter, @Nullable FileNode found, String missing) {
    String what = "its interpreter " + VisibleText.of(interpreter) + " ";
    if (found == null) {
      return what + missing;
    }
    if (!found.isFile()) {
      return what + "is not a file";
    }
    return (found.entry().mode() & 0111) == 0 ? what + "is not executable" : "";
  }

  private void carriageReturn(FileNode node, String line, Shebang shebang) {
    String last = line.substring(line.strip().lastIndexOf(' ') + 1).strip();
    String effect =
        shebang.argument().isEmpty()
            ? "the kernel looks for \"" + VisibleText.of(last) + "\\r\", which is not there"
            : shebang.throughEnv().isEmpty()
                ? "the interpreter is given \"" + VisibleText.of(last) + "\\r\", which it rejects"
                : "env looks for \"" + VisibleText.of(last) + "\\r\", which is not there";
    findings.add(
        severity(node, Finding.Severity.ERROR),
        FindingKind.SCRIPT_CARRIAGE_RETURN,
        node,
        "its first line, #!" + VisibleText.of(line) + ", ends in a carriage return: " + effect,
        "save it with Unix line ends (sed -i 's/\\r$//' FILE; in git: * text eol=lf)");
  }

  private Finding.Severity severity(FileNode script, Finding.Severity usual) {
    return isLibrary(script) && !started.contains(script) ? Finding.Severity.NOTE : usual;
  }

  /**
   * Modules of languages often are executable, and are read rather than started; what is in /etc is
   * started by what it belongs to, where that is installed.
   */
  private static boolean isLibrary(FileNode script) {
    return Toolbox.isInside(script.path()) || script.path().startsWith("etc/");
  }

  /** Examples are there to be read. */
  private static boolean isDocumentation(FileNode script) {
    return script.path().startsWith("usr/share/doc/");
  }

  private void report(String wrong, List<FileNode> scripts) {
    FileNode first = scripts.getFirst();
    Finding.Severity worst = Finding.Severity.NOTE;
    for (FileNode script : scripts) {
      Finding.Severity severity =
          started.contains(script)
              ? Finding.Severity.ERROR
              : severity(script, Finding.Severity.WARNING);
      if (severity.compareTo(worst) < 0) {
        worst = severity;
        first = script;
      }
    }
    int others = scripts.size() - 1;
    findings.add(
        worst,
        FindingKind.SCRIPT_INTERPRETER_MISSING,
        first,
        wrong
            + (others == 0
                ? ""
                : "; " + others + " more " + (others == 1 ? "needs" : "need") + " it"),
        "install it, or correct the first line of the script");
  }
}
