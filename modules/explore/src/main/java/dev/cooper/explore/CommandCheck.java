package dev.cooper.explore;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the command that a container starts is there, can be started, and gets its signals. */
final class CommandCheck {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final ContainerConfig config;
  private final ImageFiles files;
  private final FileTree tree;
  private final Doctor.Findings findings;
  private @Nullable FileNode program;

  CommandCheck(ContainerConfig config, ImageFiles files, Doctor.Findings findings) {
    this.config = config;
    this.files = files;
    this.tree = files.tree();
    this.findings = findings;
  }

  /** The file that is started first; empty when it is not there. */
  Optional<FileNode> program() {
    return Optional.ofNullable(program);
  }

  void check() {
    List<String> command = new ArrayList<>(config.entrypoint());
    command.addAll(config.cmd());
    if (command.isEmpty()) {
      findings.add(
          Finding.Severity.NOTE,
          "no-command",
          "",
          "the image has neither ENTRYPOINT nor CMD: a container needs a command when it is made",
          "add CMD [\"program\", \"argument\"] to the Dockerfile");
      return;
    }
    start(command.getFirst(), config.entrypoint().isEmpty() ? "CMD" : "ENTRYPOINT");
    shellForm();
    throughShell(command);
    user();
  }

  private void start(String name, String instruction) {
    FileNode found = find(tree, config, name);
    String shown = VisibleText.of(name);
    if (found == null) {
      findings.addAbout(
          instruction,
          Finding.Severity.ERROR,
          "command-missing",
          name.startsWith("/") ? name : "",
          instruction
              + " starts "
              + shown
              + ", which is not in the image"
              + (name.contains("/") ? "" : " (looked for in PATH=" + path(config) + ")"),
          "COPY it into the image, or correct " + instruction);
      return;
    }
    if (found.isDirectory()) {
      findings.errorAbout(
          instruction,
          "command-is-directory",
          found,
          instruction + " starts " + shown + ", which is a directory",
          "name the program in it");
      return;
    }
    program = found;
    if (found.isFile() && (found.entry().mode() & 0111) == 0) {
      findings.errorAbout(
          instruction,
          "not-executable",
          found,
          String.format(
              java.util.Locale.ROOT,
              "%s starts %s, which nobody may execute (mode %04o)",
              instruction,
              shown,
              found.entry().mode()),
          "chmod +x it in the build context, or use COPY --chmod=755");
    }
  }

  /** A shell as process 1 does not pass SIGTERM on, so that stopping takes until it is killed. */
  private void shellForm() {
    List<String> entrypoint = config.entrypoint();
    if (entrypoint.size() < 3 || !isShell(entrypoint.get(0)) || !entrypoint.get(1).equals("-c")) {
      return;
    }
    String script = entrypoint.get(2).strip();
    if (script.startsWith("exec ")) {
      return;
    }
    findings.addAbout(
        "ENTRYPOINT",
        Finding.Severity.WARNING,
        "shell-form-entrypoint",
        "",
        "ENTRYPOINT is in shell form ("
            + VisibleText.of(script)
            + "): the shell is process 1 and swallows SIGTERM, CMD and arguments of run are ignored",
        "use the exec form, ENTRYPOINT [\"program\", \"argument\"], or begin the line with exec");
  }

  /** What a shell starts at once is what the image is for, when its path is told. */
  private void throughShell(List<String> command) {
    if (command.size() < 3 || !isShell(command.get(0)) || !command.get(1).equals("-c")) {
      return;
    }
    String script = command.get(2).strip();
    String word =
        (script.startsWith("exec ") ? script.substring(5).strip() : script).split("\\s")[0];
    FileNode found = word.contains("/") && word.indexOf('$') < 0 ? find(tree, config, word) : null;
    if (found != null && found.isFile()) {
      program = found;
    }
  }

  private void user() {
    String user = config.user();
    int colon = user.indexOf(':');
    check(colon < 0 ? user : user.substring(0, colon), "etc/passwd", "user");
    if (colon >= 0) {
      check(user.substring(colon + 1), "etc/group", "group");
    }
  }

  private void check(String name, String file, String what) {
    if (name.isEmpty() || name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return;
    }
    boolean known =
        files
            .resolve(file)
            .flatMap(found -> files.bytes(found, Integer.MAX_VALUE))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .stream()
            .flatMap(String::lines)
            .anyMatch(line -> line.startsWith(name + ":"));
    if (!known && !(name.equals("root"))) {
      findings.addAbout(
          "USER",
          Finding.Severity.ERROR,
          what + "-missing",
          "/" + file,
          "USER names the " + what + " " + VisibleText.of(name) + ", which /" + file + " lacks",
          "RUN "
              + (what.equals("user") ? "useradd" : "groupadd")
              + " … before USER, or use a number");
    }
  }

  /** What a name on a command line starts; null when nothing. */
  static @Nullable FileNode find(FileTree tree, ContainerConfig config, String name) {
    if (name.contains("/")) {
      String folder = config.workingDir().isEmpty() ? "/" : config.workingDir();
      return tree.resolve(name.startsWith("/") ? name : folder + "/" + name);
    }
    FileNode fallback = null;
    for (String folder : path(config).split(":")) {
      FileNode node = tree.resolve((folder.isEmpty() ? "/" : folder) + "/" + name);
      if (node != null && node.isFile()) {
        if ((node.entry().mode() & 0111) != 0) {
          return node;
        }
        fallback = fallback == null ? node : fallback;
      }
    }
    return fallback;
  }

  static String path(ContainerConfig config) {
    for (String variable : config.env()) {
      if (variable.startsWith("PATH=")) {
        return variable.substring(5);
      }
    }
    return DEFAULT_PATH;
  }

  private static boolean isShell(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.equals("sh") || last.equals("bash") || last.equals("ash") || last.equals("dash");
  }
}
