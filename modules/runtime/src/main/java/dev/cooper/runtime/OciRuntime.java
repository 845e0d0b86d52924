package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OCI runtime of the host: runc, crun, or one that takes the same commands. It keeps what it
 * knows of its containers in a directory of its own, which should not outlive the machine's boot.
 */
public final class OciRuntime {
  /** Names another runtime, as a path or a name to look for. */
  public static final String VARIABLE = "COOPER_RUNTIME";

  private final Path program;
  private final Path stateDirectory;

  private OciRuntime(Path program, Path stateDirectory) {
    this.program = program;
    this.stateDirectory = stateDirectory;
  }

  /**
   * The runtime that {@code COOPER_RUNTIME} names, else runc, else crun.
   *
   * @param stateDirectory where it keeps its state; made when first needed
   * @throws CooperException.NotFound with the command that installs one
   */
  public static OciRuntime find(Path stateDirectory) {
    String chosen = System.getenv(VARIABLE);
    if (chosen != null && !chosen.isEmpty()) {
      Optional<Path> program =
          chosen.contains("/")
              ? Optional.of(Path.of(chosen).toAbsolutePath()).filter(Files::isExecutable)
              : Tool.find(chosen);
      return program
          .map(path -> of(path, stateDirectory))
          .orElseThrow(
              () ->
                  new CooperException.NotFound(
                      VARIABLE + " names " + chosen + ", which is not a program here",
                      "unset it to use runc, or give the path of an OCI runtime"));
    }
    return Tool.find("runc")
        .or(() -> Tool.find("crun"))
        .map(path -> of(path, stateDirectory))
        .orElseThrow(
            () ->
                new CooperException.NotFound(
                    "no OCI runtime: neither runc nor crun is installed", "apt-get install runc"));
  }

  /** The runtime at {@code program}. */
  public static OciRuntime of(Path program, Path stateDirectory) {
    return new OciRuntime(program, stateDirectory.toAbsolutePath());
  }

  /** The runtime's file. */
  public Path program() {
    return program;
  }

  /** Its name, such as {@code runc}. */
  public String name() {
    return String.valueOf(program.getFileName());
  }

  /** Where it keeps its state. */
  public Path stateDirectory() {
    return stateDirectory;
  }

  /** The options that come before each of its commands. */
  List<String> options() {
    return List.of("--root", stateDirectory.toString());
  }

  /**
   * Creates a container from {@code bundle}, runs it to its end and deletes it. Its standard input
   * is empty. If the thread is interrupted, or the virtual machine shut down, it is killed.
   *
   * @param output gets what it writes to standard output, as it comes; not closed
   * @param error likewise
   * @return its exit code, or 128 plus the signal that ended it
   * @throws RuntimeFailure if its program could not be started; nothing is left of it
   * @throws InterruptedException when it was killed since this thread was interrupted
   */
  public int run(Bundle bundle, OutputStream output, OutputStream error)
      throws IOException, InterruptedException {
    return new ForegroundRun(this, bundle).run(output, error);
  }

  /**
   * Lets a created container's program begin.
   *
   * @throws RuntimeFailure if it could not be executed after all
   */
  public void start(String id) throws IOException {
    if (!StartSignal.send(stateDirectory.resolve(id))) {
      command("start", "start", id);
    }
  }

  /** Sends a signal to the container's first process. */
  public void kill(String id, int signal) throws IOException {
    command("kill", "kill", id, Integer.toString(signal));
  }

  /** Sends a signal to all of its processes. */
  public void killAll(String id, int signal) throws IOException {
    command("kill", "kill", "--all", id, Integer.toString(signal));
  }

  /**
   * Forgets a container and removes its cgroups. A container that does not exist is no failure.
   *
   * @param force kills it first if it runs
   */
  public void delete(String id, boolean force) throws IOException {
    Path state = stateDirectory.resolve(id);
    if (!Files.exists(state) || EndedContainer.forget(state)) {
      return;
    }
    if (force) {
      command("delete", "delete", "--force", id);
    } else {
      command("delete", "delete", id);
    }
  }

  /** Stops all of its processes where they are. */
  public void pause(String id) throws IOException {
    command("pause", "pause", id);
  }

  /** Lets them go on. */
  public void resume(String id) throws IOException {
    command("resume", "resume", id);
  }

  /** Changes what a container may use; what is 0 or empty stays as it is. */
  public void update(String id, Resources resources) throws IOException {
    byte[] limits = OciConfig.of(resources);
    check("update", Tool.run(program, with("update", "--resources", "-", id), limits));
  }

  /** What it says of a container; empty if it does not know it. */
  public Optional<ContainerState> state(String id) throws IOException {
    if (!Files.exists(stateDirectory.resolve(id))) {
      return Optional.empty();
    }
    Tool.Outcome outcome = Tool.run(program, with("state", id), new byte[0]);
    if (outcome.exitCode() != 0) {
      if (outcome.error().contains("does not exist")) {
        return Optional.empty();
      }
      check("state", outcome);
    }
    Map<String, Object> state = JsonIn.object(outcome.output());
    return Optional.of(
        new ContainerState(JsonIn.text(state, "status"), (int) JsonIn.number(state, "pid", 0)));
  }

  private void command(String action, String... arguments) throws IOException {
    check(action, Tool.run(program, with(arguments), new byte[0]));
  }

  private void check(String action, Tool.Outcome outcome) {
    if (outcome.exitCode() != 0) {
      throw RuntimeFailure.of(action, RuntimeLog.message(outcome.error()));
    }
  }

  private List<String> with(String... arguments) {
    List<String> all = new ArrayList<>(options());
    all.addAll(List.of(arguments));
    return all;
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
