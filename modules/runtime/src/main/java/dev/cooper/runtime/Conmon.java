package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Child;
import dev.cooper.linux.FileHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts conmon, a small program that stays with a container: it holds its input and output, keeps
 * its log, and writes down its exit code, whoever else has gone.
 */
public final class Conmon {
  private static final int SYNC = 3;
  private static final int START = 4;
  private static final int READY = 5;

  private final Path program;
  private final OciRuntime runtime;

  private Conmon(Path program, OciRuntime runtime) {
    this.program = program;
    this.runtime = runtime;
  }

  /**
   * The host's conmon, to work with {@code runtime}.
   *
   * @throws CooperException.NotFound with the command that installs it
   */
  public static Conmon find(OciRuntime runtime) {
    return Tool.find("conmon")
        .or(() -> Optional.of(Path.of("/usr/libexec/podman/conmon")).filter(Files::isExecutable))
        .map(path -> new Conmon(path, runtime))
        .orElseThrow(
            () ->
                new CooperException.NotFound("conmon is not installed", "apt-get install conmon"));
  }

  /**
   * How a process is to be kept.
   *
   * @param log where its output goes, line by line, each with time and stream, as {@link
   *     ContainerLog} reads it; empty for nowhere. Appended to if it exists. Its directory exists,
   *     and its own name has no colon
   * @param input what it reads
   * @param exitCommand run once it has ended, whoever else has gone, program first; empty for none
   */
  public record Keeping(Optional<Path> log, StandardInput input, List<String> exitCommand) {
    public Keeping {
      exitCommand = List.copyOf(exitCommand);
      log.ifPresent(
          path -> {
            if (path.getFileName().toString().indexOf(':') >= 0) {
              throw new IllegalArgumentException("a colon in the name of the log " + path);
            }
          });
    }

    /** No log, no input, nothing afterwards. */
    public static Keeping plain() {
      return new Keeping(Optional.empty(), StandardInput.EMPTY, List.of());
    }
  }

  /**
   * Creates the container of {@code bundle}, ready to be started with {@link OciRuntime#start}. Its
   * monitor's files lie in the bundle's directory; those of an earlier run are replaced.
   *
   * @throws RuntimeFailure if the runtime could not create it; it has left nothing then
   */
  public Monitor create(Bundle bundle, Keeping keeping) throws IOException {
    Monitor monitor = Monitor.at(bundle.directory());
    monitor.clear();
    Path end = runtime.stateDirectory().resolveSibling("ends").resolve(bundle.id());
    monitor.recordEndIn(end);
    List<String> arguments =
        arguments(
            bundle.id(), bundle.directory(), end, bundle.spec().process().terminal(), keeping);
    try (FileHandle.Pipe sync = FileHandle.Pipe.create()) {
      String complaint =
          launch(arguments, keeping, Map.of(SYNC, sync.writer()), Map.of("_OCI_SYNCPIPE", SYNC));
      sync.writer().close();
      monitor.identify(pid("create", sync.reader(), complaint));
    }
    return monitor;
  }

  /**
   * Starts a further process in a running container, unattended.
   *
   * @param directory for its files; made if absent
   * @throws RuntimeFailure if it could not be started
   */
  public Monitor exec(String id, ContainerProcess process, Path directory, Keeping keeping)
      throws IOException {
    Monitor monitor = prepare(process, directory);
    try (FileHandle.Pipe sync = FileHandle.Pipe.create()) {
      String complaint =
          launch(
              execArguments(id, process, directory, keeping, false),
              keeping,
              Map.of(SYNC, sync.writer()),
              Map.of("_OCI_SYNCPIPE", SYNC));
      sync.writer().close();
      monitor.identify(pid("exec", sync.reader(), complaint));
    }
    return monitor;
  }

  /**
   * Prepares a further process in a running container and attaches to it, so that none of its
   * output is missed; {@link PendingExec#start} then lets it begin.
   */
  public PendingExec execAttached(
      String id, ContainerProcess process, Path directory, Keeping keeping) throws IOException {
    Monitor monitor = prepare(process, directory);
    FileHandle.Pipe sync = FileHandle.Pipe.create();
    FileHandle.Pipe start = FileHandle.Pipe.create();
    try (FileHandle.Pipe ready = FileHandle.Pipe.create()) {
      // The first byte lets conmon begin; the second, later, lets it call the runtime.
      start.writer().write(new byte[1], 0, 1);
      String complaint =
          launch(
              execArguments(id, process, directory, keeping, true),
              keeping,
              Map.of(SYNC, sync.writer(), START, start.reader(), READY, ready.writer()),
              Map.of("_OCI_SYNCPIPE", SYNC, "_OCI_STARTPIPE", START, "_OCI_ATTACHPIPE", READY));
      sync.writer().close();
      start.reader().close();
      ready.writer().close();
      if (line(ready.reader()).isEmpty()) {
        throw RuntimeFailure.of("exec", complaint);
      }
      Attachment attachment = monitor.attach();
      return new PendingExec(monitor, attachment, start.writer(), sync.reader());
    } catch (IOException | RuntimeException e) {
      sync.close();
      start.close();
      throw e;
    }
  }

  private static Monitor prepare(ContainerProcess process, Path directory) throws IOException {
    Files.createDirectories(directory);
    Monitor monitor = Monitor.at(directory);
    monitor.clear();
    Files.write(directory.resolve("process.json"), OciConfig.of(process));
    return monitor;
  }

  private List<String> execArguments(
      String id, ContainerProcess process, Path directory, Keeping keeping, boolean attached) {
    List<String> arguments = arguments(id, directory, directory, process.terminal(), keeping);
    arguments.add("--exec");
    if (attached) {
      arguments.add("--exec-attach");
    }
    arguments.addAll(List.of("--exec-process-spec", directory.resolve("process.json").toString()));
    return arguments;
  }

  private List<String> arguments(
      String id, Path directory, Path end, boolean terminal, Keeping keeping) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(program.toString(), "--api-version", "1"));
    arguments.addAll(List.of("--cid", id, "--cuuid", id, "--name", id));
    arguments.addAll(List.of("--runtime", runtime.program().toString()));
    for (String option : runtime.options()) {
      arguments.addAll(List.of("--runtime-arg", option));
    }
    arguments.addAll(List.of("--bundle", directory.toString(), "--full-attach"));
    arguments.addAll(List.of("--container-pidfile", directory.resolve(Monitor.PID).toString()));
    arguments.addAll(
        List.of("--conmon-pidfile", directory.resolve(Monitor.MONITOR_PID).toString()));
    arguments.addAll(List.of("--persist-dir", end.toString(), "--no-sync-log"));
    // The log is named relative to conmon's working directory: a colon in a path would end it.
    arguments.addAll(
        List.of(
            "--log-path", keeping.log().map(log -> "k8s-file:" + log.getFileName()).orElse("off")));
    if (terminal) {
      arguments.add("--terminal");
    }
    if (keeping.input() != StandardInput.EMPTY) {
      arguments.add("--stdin");
    }
    if (keeping.input() == StandardInput.OPEN) {
      arguments.add("--leave-stdin-open");
    }
    if (!keeping.exitCommand().isEmpty()) {
      arguments.addAll(List.of("--exit-command", keeping.exitCommand().getFirst()));
      for (String argument : keeping.exitCommand().subList(1, keeping.exitCommand().size())) {
        arguments.addAll(List.of("--exit-command-arg", argument));
      }
    }
    return arguments;
  }

  /** Starts conmon, which leaves a second process behind; returns what the first complained of. */
  private String launch(
      List<String> arguments,
      Keeping keeping,
      Map<Integer, FileHandle> inherited,
      Map<String, Integer> variables)
      throws IOException {
    Map<String, String> environment = new HashMap<>(Tool.ENVIRONMENT);
    variables.forEach((name, number) -> environment.put(name, Integer.toString(number)));
    try (FileHandle nothing = FileHandle.open(Path.of("/dev/null"), FileHandle.Access.READ_WRITE);
        FileHandle.Pipe error = FileHandle.Pipe.create()) {
      Map<Integer, Integer> descriptors = new HashMap<>();
      descriptors.put(0, nothing.number());
      descriptors.put(1, nothing.number());
      descriptors.put(2, error.writer().number());
      inherited.forEach((target, handle) -> descriptors.put(target, handle.number()));
      @Nullable Path directory = keeping.log().map(Path::getParent).orElse(null);
      Child child =
          Child.start(
              new Child.Command(program, arguments, environment, descriptors, directory, true));
      error.writer().close();
      if (child.waitFor() == 0) {
        return "";
      }
      return "conmon failed: " + line(error.reader());
    }
  }

  /** The number of the process that {@code sync} tells of. */
  static int pid(String action, FileHandle sync, String complaint) throws IOException {
    String line = line(sync);
    Map<String, Object> answer = JsonIn.object(line);
    long pid = JsonIn.number(answer, "data", -1);
    if (pid <= 0) {
      String message = RuntimeLog.message(JsonIn.text(answer, "message"));
      if (message.isEmpty()) {
        message = complaint.isEmpty() ? "conmon ended without a word" : complaint;
      }
      throw RuntimeFailure.of(action, message);
    }
    return (int) pid;
  }

  /** One line; what there is, if the other side closes first. */
  private static String line(FileHandle from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    for (int read; (read = from.read(buffer, 0, buffer.length)) >= 0; ) {
      line.write(buffer, 0, read);
      if (buffer[read - 1] == '\n') {
        break;
      }
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
