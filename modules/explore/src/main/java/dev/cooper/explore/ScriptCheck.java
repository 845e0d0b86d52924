package dev.cooper.explore;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.tree.FileNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Scripts that the kernel cannot start. */
final class ScriptCheck {
  private final ContainerConfig config;
  private final ImageFiles files;
  private final @Nullable FileNode started;
  private final Doctor.Findings findings;
  private final Map<String, List<FileNode>> missing = new LinkedHashMap<>();

  ScriptCheck(
      ContainerConfig config,
      ImageFiles files,
      Optional<FileNode> started,
      Doctor.Findings findings) {
    this.config = config;
    this.files = files;
    this.started = started.orElse(null);
    this.findings = findings;
  }

  void check() {
    for (FileNode node : files.tree().walk()) {
      if (node.isFile() && (node.entry().mode() & 0111) != 0) {
        for (Fact fact : files.facts(node)) {
          if (fact instanceof Fact.Script script) {
            check(node, script);
          }
        }
      }
    }
    missing.forEach(this::report);
  }

  private void check(FileNode node, Fact.Script script) {
    String[] words = script.line().strip().split("[ \t]+", 2);
    String interpreter = words[0];
    if (script.carriageReturn()) {
      findings.error(
          "script-carriage-return",
          node,
          "its first line, #!"
              + VisibleText.of(script.line())
              + ", ends in a carriage return: the kernel looks for \""
              + VisibleText.of(words.length > 1 ? words[1] : interpreter)
              + "\\r\", which is not there",
          "save it with Unix line ends (sed -i 's/\\r$//' FILE; in git: * text eol=lf)");
      return;
    }
    if (interpreter.isEmpty()) {
      return;
    }
    if (!interpreter.startsWith("/")) {
      findings.warning(
          "script-interpreter-relative",
          node,
          "its first line, #!"
              + VisibleText.of(script.line())
              + ", names no absolute path: it starts only where that is",
          "name the interpreter from the root, or use #!/usr/bin/env");
      return;
    }
    FileNode found = files.tree().resolve(interpreter);
    if (found == null || !found.isFile()) {
      add(interpreter, node);
    } else if (interpreter.endsWith("/env") && words.length > 1) {
      String name = words[1].strip().split("[ \t]+")[0];
      if (!name.startsWith("-")
          && !name.contains("=")
          && CommandCheck.find(files.tree(), config, name) == null) {
        add(name, node);
      }
    }
  }

  /** Modules of languages often are executable, and are read rather than started. */
  private static boolean isLibrary(FileNode script) {
    String path = "/" + script.path();
    return path.contains("/lib/") || path.contains("/lib64/") || path.startsWith("/usr/share/");
  }

  private void add(String interpreter, FileNode script) {
    missing.computeIfAbsent(interpreter, name -> new ArrayList<>()).add(script);
  }

  private void report(String interpreter, List<FileNode> scripts) {
    FileNode first = scripts.getFirst();
    boolean called = false;
    for (FileNode script : scripts) {
      if (script == started || !called && !isLibrary(script)) {
        first = script;
        called = true;
      }
    }
    String where =
        interpreter.startsWith("/")
            ? " is not in the image"
            : " is in no folder of PATH=" + VisibleText.of(CommandCheck.path(config));
    String others =
        scripts.size() == 1
            ? ""
            : "; "
                + (scripts.size() - 1)
                + " more "
                + (scripts.size() == 2 ? "needs" : "need")
                + " it";
    findings.add(
        first == started
            ? Finding.Severity.ERROR
            : called ? Finding.Severity.WARNING : Finding.Severity.NOTE,
        "script-interpreter-missing",
        first,
        "its interpreter " + VisibleText.of(interpreter) + where + others,
        "install it, or correct the first line of the script");
  }
}
