package dev.cooper.runtime;

import dev.cooper.linux.Child;
import dev.cooper.linux.FileHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A short-lived program of the host: run, waited for, its output kept. */
public final class Tool {
  private static final int LIMIT = 16 << 20;

  /** What these programs need of the environment, and no more. */
  static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

  private Tool() {}

  /** What became of it. */
  public record Outcome(int exitCode, String output, String error) {}

  /**
   * Runs a program to its end.
   *
   * @param input what it reads; it must be under a pipe's 64 KiB, so that nobody waits for whom
   */
  public static Outcome run(Path program, List<String> arguments, byte[] input) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(program.toString());
    all.addAll(arguments);
    FileHandle.Pipe in = FileHandle.Pipe.create();
    FileHandle.Pipe out = FileHandle.Pipe.create();
    FileHandle.Pipe error = FileHandle.Pipe.create();
    try (in;
        out;
        error) {
      Map<Integer, Integer> descriptors =
          Map.of(0, in.reader().number(), 1, out.writer().number(), 2, error.writer().number());
      Child child =
          Child.start(new Child.Command(program, all, ENVIRONMENT, descriptors, null, true));
      in.reader().close();
      out.writer().close();
      error.writer().close();
      in.writer().write(input, 0, input.length);
      in.writer().close();
      // A second reader, so that neither pipe can fill while the other is read.
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      Thread reader = Thread.ofPlatform().start(() -> drain(error.reader(), errors));
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      drain(out.reader(), output);
      join(reader);
      return new Outcome(
          child.waitFor(),
          output.toString(StandardCharsets.UTF_8),
          errors.toString(StandardCharsets.UTF_8));
    }
  }

  /** The program of this name in the usual places; empty if there is none. */
  public static Optional<Path> find(String name) {
    for (String directory : ENVIRONMENT.getOrDefault("PATH", "").split(":", -1)) {
      Path candidate = Path.of(directory, name);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Waits for a thread that will end; the caller's interrupt is kept for later. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void drain(FileHandle from, ByteArrayOutputStream to) {
    byte[] buffer = new byte[8192];
    try {
      for (int read; (read = from.read(buffer, 0, buffer.length)) >= 0; ) {
        if (to.size() < LIMIT) {
          to.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // Its end closed unexpectedly; what came before is kept.
    }
  }
}
