package dev.cooper.cli.containers;

import dev.cooper.cli.UsageException;
import dev.cooper.flags.Option;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a process is started in a container: the flags that {@code run} and {@code exec} share. */
final class ProcessFlags {
  @Option(
      names = {"-e", "--env"},
      paramLabel = "list",
      description = "Set environment variables")
  List<String> env = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "list",
      description = "Read in a file of environment variables")
  List<String> envFile = new ArrayList<>();

  @Option(
      names = {"-i", "--interactive"},
      description = "Keep STDIN open even if not attached")
  boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "Allocate a pseudo-TTY")
  boolean tty;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "string",
      description = "Username or UID (format: <name|uid>[:<group|gid>])")
  @Nullable String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "string",
      description = "Working directory inside the container")
  @Nullable String workdir;

  /**
   * The variables of files and then those of flags, {@code NAME=value}. A name alone has this
   * process's value, and stays alone, which removes it, when this process has none.
   *
   * @param command whose flags these are, for messages: {@code run}
   */
  List<String> variables(String command) throws IOException {
    List<String> all = new ArrayList<>();
    for (String file : envFile) {
      all.addAll(VariableFile.read(Path.of(file)));
    }
    for (String variable : env) {
      if (variable.isEmpty() || variable.startsWith("=")) {
        throw UsageException.invalidArgument(
            variable, "-e, --env", "invalid environment variable: " + variable, command);
      }
      String own = variable.indexOf('=') < 0 ? System.getenv(variable) : null;
      all.add(own == null ? variable : variable + "=" + own);
    }
    return all;
  }
}
