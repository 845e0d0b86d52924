package dev.cooper.base;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A program of this machine, run for what it writes into a folder.
 *
 * @param command its name and arguments
 * @param folder where it runs
 * @param environment all that it gets
 * @param input what it reads
 */
record HostProgram(List<String> command, Path folder, Map<String, String> environment, Path input) {
  private static final long PATIENCE_MILLIS = 2_000;

  /** Reads nothing. */
  HostProgram(List<String> command, Path folder, Map<String, String> environment) {
    this(command, folder, environment, Path.of("/dev/null"));
  }

  /**
   * How a program ended.
   *
   * @param status its exit code
   * @param lastLine the last that it printed, of either kind; empty when it printed nothing
   */
  record Ended(int status, String lastLine) {}

  /**
   * Runs it to its end. When this thread is interrupted, it and all that it started are ended too.
   *
   * @param lines told what it prints, line by line, in a thread of its own
   * @throws IOException when it cannot be started
   * @throws InterruptedIOException when this thread was interrupted
   */
  Ended run(Consumer<String> lines) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String[] last = {""};
    Thread listener = Thread.ofVirtual().start(() -> listen(process, last, lines));
    try {
      int status = process.waitFor();
      listener.join();
      return new Ended(status, last[0]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + command.getFirst() + " was running");
    } finally {
      end(process);
    }
  }

  /** Ends it and what it started, and waits until they write no more. */
  private static void end(Process process) {
    List<ProcessHandle> left = new ArrayList<>(process.descendants().toList());
    left.add(process.toHandle());
    left.removeIf(handle -> !handle.isAlive());
    left.forEach(ProcessHandle::destroy);
    boolean interrupted = Thread.interrupted();
    for (ProcessHandle handle : left) {
      try {
        handle.onExit().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        handle.destroyForcibly();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        // It cannot be waited for: somebody else's child by now.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void listen(Process process, String[] last, Consumer<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = reader.readLine()) != null; ) {
        if (!line.isBlank()) {
          last[0] = line.strip();
          lines.accept(line);
        }
      }
    } catch (IOException e) {
      // The process is gone; its exit code says why.
    }
  }
}
