package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.tree.FileNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the command that a container starts is there, can be started, and gets its signals. */
final class CommandCheck {
  private static final String SWALLOWS = "the shell is process 1 and swallows SIGTERM";

  private final ContainerConfig config;
  private final ImageFiles files;
  private final @Nullable FileNode program;
  private final Doctor.Findings findings;

  CommandCheck(
      ContainerConfig config, ImageFiles files, StartedPrograms started, Doctor.Findings findings) {
    this.config = config;
    this.files = files;
    this.program = started.first();
    this.findings = findings;
  }

  void check() {
    if (config.entrypoint().isEmpty() && config.cmd().isEmpty()) {
      findings.add(
          Finding.Severity.NOTE,
          FindingKind.NO_COMMAND,
          "",
          "the image has neither ENTRYPOINT nor CMD: a container needs a command when it is made",
          "add CMD [\"program\", \"argument\"] to the Dockerfile");
      return;
    }
    ImageUser user = ImageUser.of(config.user(), files);
    boolean fromCmd = config.entrypoint().isEmpty();
    start(
        (fromCmd ? config.cmd() : config.entrypoint()).getFirst(),
        fromCmd ? "CMD" : "ENTRYPOINT",
        user);
    shellForm();
    if (user.userMissing()) {
      unknown(FindingKind.USER_MISSING, "user", user.user(), "/etc/passwd", "useradd");
    }
    if (user.groupMissing()) {
      unknown(FindingKind.GROUP_MISSING, "group", user.group(), "/etc/group", "groupadd");
    }
  }

  private void start(String name, String instruction, ImageUser user) {
    String shown = instruction + " starts " + VisibleText.of(name);
    FileNode found = program;
    if (found == null) {
      findings.addAbout(
          instruction,
          Finding.Severity.ERROR,
          FindingKind.COMMAND_MISSING,
          name.startsWith("/") ? name : "",
          shown + ", which is not in the image" + whereLooked(name),
          "COPY it into the image, or correct " + instruction);
      return;
    }
    if (found.isDirectory()) {
      findings.errorAbout(
          instruction,
          FindingKind.COMMAND_IS_DIRECTORY,
          found,
          shown + ", which is a directory",
          "name the program in it");
      return;
    }
    if (!found.isFile()) {
      return;
    }
    if ((found.entry().mode() & 0111) == 0) {
      findings.errorAbout(
          instruction,
          FindingKind.NOT_EXECUTABLE,
          found,
          shown + ", which nobody may execute (" + mode(found) + ")",
          "chmod +x it in the build context, or use COPY --chmod=755");
    } else if (permitted(found, instruction, shown, user)) {
      interpretable(found, instruction, shown, user);
    }
    if (!isProgram(found)) {
      findings.errorAbout(
          instruction,
          FindingKind.NOT_A_PROGRAM,
          found,
          shown
              + (found.size() == 0
                  ? ", which is empty"
                  : ", which is neither a program (ELF) nor a script that begins with #!")
              + ": \"exec format error\"",
          "build it for Linux, or let a script's first bytes be #!/bin/sh or the like: no empty"
              + " line, no byte order mark before them");
    }
  }

  private String whereLooked(String name) {
    if (!name.contains("/")) {
      return " (looked for in PATH=" + VisibleText.of(StartedPrograms.path(config)) + ")";
    }
    return name.startsWith("/") || config.workingDir().isEmpty()
        ? ""
        : " (looked for from WORKDIR " + VisibleText.of(config.workingDir()) + ")";
  }

  /** Whether the image's user may start it, which needs leave to enter the directories, too. */
  private boolean permitted(FileNode found, String instruction, String shown, ImageUser user) {
    for (FileNode at = found; at != null; at = at.parent()) {
      if (!user.mayExecute(at)) {
        forbidden(found, at, instruction, shown + ", which", "execute");
        return false;
      }
    }
    return true;
  }

  /** Of a script the kernel starts the interpreter, which then reads it, both as the user. */
  private void interpretable(FileNode script, String instruction, String shown, ImageUser user) {
    for (Fact fact : files.facts(script)) {
      if (fact instanceof Fact.Script line && !line.carriageReturn()) {
        if (!user.mayRead(script)) {
          forbidden(script, script, instruction, shown + ", a script that", "read");
          return;
        }
        Shebang shebang = Shebang.of(line.line());
        FileNode interpreter = files.tree().resolve(shebang.interpreter());
        // One that nobody may execute is what ScriptCheck tells of.
        if (shebang.interpreter().startsWith("/")
            && interpreter != null
            && interpreter.isFile()
            && (interpreter.entry().mode() & 0111) != 0) {
          permitted(
              interpreter,
              instruction,
              shown + ", whose interpreter is /" + VisibleText.of(interpreter.path()),
              user);
        }
      }
    }
  }

  private void forbidden(
      FileNode file, FileNode because, String instruction, String which, String what) {
    findings.errorAbout(
        instruction,
        FindingKind.NOT_EXECUTABLE,
        file,
        which
            + " USER "
            + VisibleText.of(config.user())
            + " may not "
            + what
            + ": "
            + (because == file ? "it has " : "/" + VisibleText.of(because.path()) + " has ")
            + mode(because)
            + ", owner "
            + because.entry().uid()
            + ":"
            + because.entry().gid(),
        because == file ? "COPY --chmod=755, or --chown" : "put it where that user may enter");
  }

  private static String mode(FileNode node) {
    return String.format(Locale.ROOT, "mode %04o", node.entry().mode());
  }

  private boolean isProgram(FileNode file) {
    for (Fact fact : files.facts(file)) {
      if (fact instanceof Fact.Binary
          || fact instanceof Fact.Script script && !script.line().isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** A shell as process 1 does not pass SIGTERM on, so that stopping takes until it is killed. */
  private void shellForm() {
    String script = ShellForm.script(config.entrypoint());
    if (script.isEmpty()) {
      return;
    }
    ShellLine.Signals signals = ShellLine.of(script).signals();
    String trouble =
        switch (signals) {
          case ARRIVE -> "";
          case ARRIVE_IF_SHELL_YIELDS -> becomesItsCommand() ? "" : SWALLOWS;
          case MAY_BE_LOST -> "the shell may stay process 1, and then swallows SIGTERM";
          case LOST -> SWALLOWS;
        };
    boolean ignores = !script.contains("$@") && !script.contains("$*");
    if (signals == ShellLine.Signals.ARRIVE || trouble.isEmpty() && !ignores) {
      return;
    }
    findings.addAbout(
        "ENTRYPOINT",
        trouble.equals(SWALLOWS) ? Finding.Severity.WARNING : Finding.Severity.NOTE,
        FindingKind.SHELL_FORM_ENTRYPOINT,
        "",
        "ENTRYPOINT is in shell form ("
            + VisibleText.of(script)
            + "): "
            + trouble
            + (!trouble.isEmpty() && ignores ? ", " : "")
            + (ignores ? "CMD and arguments of run are ignored" : ""),
        "use the exec form, ENTRYPOINT [\"program\", \"argument\"]"
            + (trouble.isEmpty() ? "" : ", or begin the last command with exec"));
  }

  /** Bash and BusyBox become the last command that they are given; Debian's dash does not. */
  private boolean becomesItsCommand() {
    return program != null && (program.name().equals("bash") || BusyBox.is(files.tree(), program));
  }

  private void unknown(FindingKind kind, String what, String name, String file, String command) {
    findings.addAbout(
        "USER",
        Finding.Severity.ERROR,
        kind,
        file,
        "USER names the " + what + " " + VisibleText.of(name) + ", which " + file + " lacks",
        "RUN " + command + " … before USER, or use a number");
  }
}
