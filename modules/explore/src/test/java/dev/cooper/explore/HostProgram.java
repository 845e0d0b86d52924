package dev.cooper.explore;

import dev.cooper.explore.doctor.Examination;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine with its loader and library, for tests; skips them elsewhere. */
public final class HostProgram {
  private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");
  private static final Path LIBC = Path.of("/lib/x86_64-linux-gnu/libc.so.6");

  private HostProgram() {}

  /** {@code true}, which needs the loader and the library. */
  public static byte[] program() {
    return read(Path.of("/bin/true"));
  }

  public static byte[] loader() {
    return read(LOADER);
  }

  public static byte[] library() {
    return read(LIBC);
  }

  private static byte[] read(Path file) {
    Assumptions.assumeTrue(
        Files.exists(LOADER) && Files.exists(LIBC), "SKIPPED: this machine is no Debian on amd64");
    return Examination.bytes(file);
  }
}
