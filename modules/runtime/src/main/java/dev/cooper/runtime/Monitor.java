package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Errno;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Processes;
import dev.cooper.linux.Signals;
import dev.cooper.linux.TerminalSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One process under conmon's eyes: a container's first, or one executed in it. All it knows lies in
 * files, so that any process can open it again.
 */
public final class Monitor {
  static final String PID = "pid";
  static final String MONITOR_PID = "conmon.pid";
  static final String EXIT = "exit";

  /** A link to the directory that tells how it ended, if that is not this one. */
  static final String END = "end";

  static final String OUT_OF_MEMORY = "oom";
  static final String SOCKET = "attach";
  static final String CONTROL = "ctl";
  static final String STARTED = "started";

  /** How often a sleeping wait looks whether it was interrupted. */
  private static final Duration SLICE = Duration.ofMillis(250);

  /** How long after the process conmon may take to write down how it ended. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path directory;

  private Monitor(Path directory) {
    this.directory = directory;
  }

  /** The process that is monitored from {@code directory}, whether it is, was, or will be. */
  public static Monitor at(Path directory) {
    return new Monitor(directory);
  }

  /** Where its files are. */
  public Path directory() {
    return directory;
  }

  /** Removes what an earlier process left. */
  void clear() throws IOException {
    for (String name : List.of(PID, MONITOR_PID, EXIT, OUT_OF_MEMORY, SOCKET, CONTROL, STARTED)) {
      Files.deleteIfExists(directory.resolve(name));
    }
    Files.deleteIfExists(directory.resolve("winsz"));
    forgetEnd();
  }

  /**
   * Has its end written down in a directory of its own, which is made: a process that fills the
   * disk leaves no room for that where its other files are.
   *
   * @param end on a file system in memory
   */
  void recordEndIn(Path end) throws IOException {
    Files.createDirectories(end);
    for (String name : List.of(EXIT, OUT_OF_MEMORY)) {
      Files.deleteIfExists(end.resolve(name));
    }
    Files.createSymbolicLink(directory.resolve(END), end);
  }

  /** Removes what was written elsewhere about its end, once that is known for good. */
  public void forgetEnd() throws IOException {
    Path link = directory.resolve(END);
    if (Files.isSymbolicLink(link)) {
      Path end = Files.readSymbolicLink(link);
      for (String name : List.of(EXIT, OUT_OF_MEMORY)) {
        Files.deleteIfExists(end.resolve(name));
      }
      Files.deleteIfExists(end);
      Files.delete(link);
    }
  }

  /** A file about its end: here, or elsewhere. */
  private Path ofEnd(String name) {
    Path elsewhere = directory.resolve(END).resolve(name);
    return Files.exists(elsewhere) ? elsewhere : directory.resolve(name);
  }

  /** Notes which process it is, so that a later one of the same number is not taken for it. */
  void identify(int pid) throws IOException {
    OptionalLong start = Processes.startTime(pid);
    if (start.isPresent()) {
      Files.writeString(directory.resolve(STARTED), pid + " " + start.getAsLong());
    }
  }

  /** The process's number, while it runs; empty if it does not. */
  public OptionalInt pid() throws IOException {
    Optional<String> text = read(directory.resolve(STARTED));
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    String[] parts = text.get().split(" ", -1);
    int pid = Integer.parseInt(parts[0]);
    OptionalLong start = Processes.startTime(pid);
    boolean same =
        start.isPresent()
            && start.getAsLong() == Long.parseLong(parts[1])
            && Processes.isAlive(pid);
    return same ? OptionalInt.of(pid) : OptionalInt.empty();
  }

  /** Whether the process is there: created, running or paused. */
  public boolean isRunning() throws IOException {
    return pid().isPresent();
  }

  /** The exit code, or 128 plus the signal that ended it; empty if it has not ended yet. */
  public OptionalInt exitCode() throws IOException {
    Optional<String> text = read(ofEnd(EXIT));
    if (text.isEmpty() || text.get().isBlank()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get().strip()));
    } catch (NumberFormatException e) {
      throw new CooperException.Corrupt(directory.resolve(EXIT) + " is not an exit code");
    }
  }

  /** When it ended; empty if it has not ended yet. */
  public Optional<Instant> finished() throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(ofEnd(EXIT)).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether the kernel killed something in it for want of memory. */
  public boolean ranOutOfMemory() {
    return Files.exists(ofEnd(OUT_OF_MEMORY));
  }

  /**
   * Waits for the end. Blocks a kernel thread.
   *
   * @return the exit code, or 128 plus the signal that ended it
   * @throws CooperException.Failed if the monitor was killed, so that nobody knows
   */
  public int await() throws IOException, InterruptedException {
    return await(Duration.ofSeconds(Long.MAX_VALUE)).orElseThrow();
  }

  /** As {@link #await()}, for at most {@code limit}; empty if it had not ended by then. */
  public OptionalInt await(Duration limit) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long allowed = limit.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : limit.toNanos();
    OptionalInt code = exitCode();
    while (code.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = allowed - (System.nanoTime() - begin);
      OptionalInt pid = pid();
      if (pid.isEmpty()) {
        return awaitRecord();
      }
      if (left <= 0) {
        return code;
      }
      Duration slice = SLICE.toNanos() < left ? SLICE : Duration.ofNanos(left).plusMillis(1);
      boolean ended = Processes.awaitExit(pid.getAsInt(), slice);
      code = ended ? awaitRecord() : exitCode();
    }
    return code;
  }

  /** The process has ended; its monitor still has to copy the last output and write the code. */
  private OptionalInt awaitRecord() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int round = 0; ; round++) {
      boolean watched = isWatched();
      OptionalInt code = exitCode();
      if (code.isPresent()) {
        return code;
      }
      if (!watched || System.nanoTime() > deadline) {
        throw new CooperException.Failed(
            "the monitor of " + directory.getFileName() + " ended without an exit code",
            "it was killed, or the machine was started again since");
      }
      Thread.sleep(Duration.ofNanos(round < 20 ? 300_000 : 5_000_000));
    }
  }

  private boolean isWatched() throws IOException {
    Optional<String> pid = read(directory.resolve(MONITOR_PID));
    return pid.isPresent() && Processes.isAlive(Integer.parseInt(pid.get().strip()));
  }

  /** Ends the monitor itself; returns once that has happened. */
  void killWatcher() {
    try {
      Optional<String> pid = read(directory.resolve(MONITOR_PID));
      if (pid.isPresent()) {
        kill(Integer.parseInt(pid.get().strip()));
      }
    } catch (IOException e) {
      // Gone already.
    }
  }

  /**
   * Ends the monitor and its child that waits for the word to begin; returns once that has
   * happened. The child of a killed conmon is killed by the kernel only if it has asked for that
   * already, so it is looked for by the words that it has from conmon.
   */
  void killPending() {
    killWatcher();
    String words = directory.resolve("process.json") + "\0";
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (commandLine(process).contains(words)) {
          kill(Integer.parseInt(process.getFileName().toString()));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No process can be seen: then none can be ended.
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static void kill(int pid) {
    try {
      Processes.kill(pid, Signals.number("KILL"));
      boolean _ = Processes.awaitExit(pid, Duration.ofSeconds(2));
    } catch (IOException e) {
      // Gone already.
    }
  }

  /**
   * Joins its input and output. Attach before starting, or its first output is missed.
   *
   * @throws CooperException.Conflict if it has ended
   */
  public Attachment attach() throws IOException {
    try {
      return Attachment.connect(directory.resolve(SOCKET));
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ECONNREFUSED)) {
        throw new CooperException.Conflict(
            "You cannot attach to a stopped container, start it first");
      }
      throw e;
    }
  }

  /** Tells its terminal a new size; does nothing if it has none or has ended. */
  public void resize(TerminalSize size) throws IOException {
    byte[] order =
        ("1 " + size.rows() + " " + size.columns() + "\n").getBytes(StandardCharsets.US_ASCII);
    try (FileHandle control =
        FileHandle.open(directory.resolve(CONTROL), FileHandle.Access.WRITE_NO_WAIT)) {
      control.write(order, 0, order.length);
    } catch (LinuxException e) {
      if (!e.is(Errno.ENOENT) && !e.is(Errno.ENXIO) && !e.is(Errno.EPIPE)) {
        throw e;
      }
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
