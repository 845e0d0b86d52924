package dev.cooper.acceptance.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Cooper's command as a process of its own, on a store of its own. */
public final class CooperProcess {
  private final Path root;
  private final String classPath;
  private final Map<String, String> environment;
  private final List<String> prefix;

  public CooperProcess(Path root) {
    this(root, System.getProperty("java.class.path"));
  }

  /** The command of classes that lie elsewhere than the tests'. */
  public CooperProcess(Path root, String classPath) {
    this(root, classPath, Map.of(), List.of());
  }

  private CooperProcess(
      Path root, String classPath, Map<String, String> environment, List<String> prefix) {
    this.root = root;
    this.classPath = classPath;
    this.environment = environment;
    this.prefix = prefix;
  }

  /** The same command with these variables beside those of the tests. */
  public CooperProcess with(Map<String, String> variables) {
    return new CooperProcess(root, classPath, variables, prefix);
  }

  /** The same command, started by another that takes it as its last words. */
  public CooperProcess through(String... words) {
    return new CooperProcess(root, classPath, environment, List.of(words));
  }

  /** How a command ended. */
  public record Ended(int code, String out, String error) {}

  /** Runs a command to its end. */
  public Ended run(String... words) throws Exception {
    Path error = root.resolveSibling("stderr-of-a-command");
    ProcessBuilder builder = new ProcessBuilder(command(words)).redirectError(error.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return new Ended(code, out, java.nio.file.Files.readString(error));
  }

  /** Starts a command. */
  public Running start(String... words) throws IOException {
    // A shell that started the tests in the background had Ctrl-C ignored, and that is inherited.
    List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT"));
    all.addAll(command(words));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Running(process);
  }

  private List<String> command(String... words) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(RunImages.cooper(root, classPath));
    all.addAll(List.of(words));
    return all;
  }

  /** A command on its way. */
  public static final class Running {
    private final Process process;
    private final BufferedReader output;
    private final StringBuilder said = new StringBuilder();

    private Running(Process process) {
      this.process = process;
      this.output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits until it has written a line. */
    public void awaitLine(String wanted) throws IOException {
      for (String line; (line = output.readLine()) != null; ) {
        said.append(line).append('\n');
        if (line.equals(wanted)) {
          return;
        }
      }
      throw new AssertionError("it ended without the line " + wanted + ":\n" + said);
    }

    /** Sends it a signal. */
    public void kill(String signal) throws Exception {
      new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid()).start().waitFor();
    }

    /** Waits for its end and tells its exit code, 128 plus the signal that ended it. */
    public int await() throws Exception {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it does not end:\n" + said);
      }
      return process.exitValue();
    }

    /** Makes sure that it runs no longer. */
    public void end() throws Exception {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }

    /** All it wrote; to be asked for when it has ended. */
    public String output() throws IOException {
      for (String line; (line = output.readLine()) != null; ) {
        said.append(line).append('\n');
      }
      return said.toString();
    }
  }
}
