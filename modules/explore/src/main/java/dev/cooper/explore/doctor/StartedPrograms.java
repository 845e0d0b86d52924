package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.Fact;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that have to start for a container of the image to start: the command's program, what a
 * shell starts for it at once, and the interpreters of those that are scripts.
 */
final class StartedPrograms {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** What Linux follows of scripts whose interpreters are scripts, and some more. */
  private static final int MAX_CHAIN = 8;

  private final ContainerConfig config;
  private final ImageFiles files;
  private final Set<FileNode> all = new LinkedHashSet<>();
  private final @Nullable FileNode first;

  StartedPrograms(ContainerConfig config, ImageFiles files) {
    this.config = config;
    this.files = files;
    List<String> command = command();
    first = command.isEmpty() ? null : find(files.tree(), config, command.getFirst());
    if (first != null && first.isFile()) {
      follow(first);
      FileNode inner = throughShell(command);
      if (inner != null) {
        follow(inner);
      }
    }
  }

  /** ENTRYPOINT and CMD together. */
  private List<String> command() {
    List<String> command = new ArrayList<>(config.entrypoint());
    command.addAll(config.cmd());
    return command;
  }

  /** What the command names, of whatever type; null when it is not there. */
  @Nullable FileNode first() {
    return first;
  }

  boolean contains(FileNode file) {
    return all.contains(file);
  }

  private void follow(FileNode program) {
    FileNode at = program;
    while (at != null && all.size() < MAX_CHAIN && all.add(at)) {
      at = interpreter(at);
    }
  }

  private @Nullable FileNode interpreter(FileNode file) {
    for (Fact fact : files.facts(file)) {
      if (fact instanceof Fact.Script script && !script.carriageReturn()) {
        Shebang shebang = Shebang.of(script.line());
        FileNode found = files.tree().resolve(shebang.interpreter());
        if (found != null && found.isFile()) {
          all.add(found);
          return shebang.throughEnv().isEmpty()
              ? found
              : find(files.tree(), config, shebang.throughEnv());
        }
      }
    }
    return null;
  }

  /** What a shell starts at once is what the image is for, when its path is told. */
  private @Nullable FileNode throughShell(List<String> command) {
    String script = ShellForm.script(command);
    String word =
        (script.startsWith("exec ") ? script.substring(5).strip() : script).split("\\s")[0];
    FileNode found =
        word.contains("/") && word.indexOf('$') < 0 ? find(files.tree(), config, word) : null;
    return found != null && found.isFile() ? found : null;
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

  /** The folders that names are looked for in. */
  static String path(ContainerConfig config) {
    for (String variable : config.env()) {
      if (variable.startsWith("PATH=")) {
        return variable.substring(5);
      }
    }
    return DEFAULT_PATH;
  }
}
