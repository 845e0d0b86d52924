package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Debian's busybox-static for any processor, through this machine's apt-get with a state of its
 * own: nothing is installed, and the system's package lists stay as they are. Needs no root; apt
 * checks the signatures.
 */
public final class BusyboxDownload {
  private static final String MIRROR = "http://deb.debian.org/debian";
  private static final Path KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

  /** Debian's names of processors that images name otherwise. */
  private static final Map<String, String> DEBIAN_NAMES =
      Map.of(
          "386",
          "i386",
          "arm",
          "armhf",
          "ppc64le",
          "ppc64el",
          "mips64le",
          "mips64el",
          "mipsle",
          "mipsel");

  private BusyboxDownload() {}

  /**
   * Downloads the package.
   *
   * @param architecture as images name it, or as Debian does
   * @param suite of Debian, such as {@code trixie}; empty for the sources that this machine has
   * @param folder an existing empty folder, for the package and what apt needs; the caller removes
   *     it
   * @return the package
   * @throws CooperException.NotFound when the suite has none for this processor, or there is no
   *     apt-get
   */
  public static Path of(String architecture, Optional<String> suite, Path folder)
      throws IOException {
    if (!architecture.matches("[a-z0-9][a-z0-9-]*")) {
      throw new CooperException.InvalidInput("not a processor's name: \"" + architecture + "\"");
    }
    String name = DEBIAN_NAMES.getOrDefault(architecture, architecture);
    Files.createDirectories(folder.resolve("state/lists/partial"));
    Files.createDirectories(folder.resolve("cache/archives/partial"));
    List<String> options =
        new ArrayList<>(
            List.of(
                "-q",
                "-oDir::State=" + folder.resolve("state"),
                "-oDir::State::status=/dev/null",
                "-oDir::Cache=" + folder.resolve("cache"),
                "-oAPT::Architecture=" + name,
                "-oAPT::Architectures::=" + name,
                "-oAPT::Sandbox::User=",
                "-oAcquire::Languages=none"));
    if (suite.isPresent()) {
      if (!suite.get().matches("[a-z][a-z0-9-]*")) {
        throw new CooperException.InvalidInput("not a suite of Debian: \"" + suite.get() + "\"");
      }
      Path sources = folder.resolve("debian.list");
      String keys = Files.exists(KEYS) ? "[signed-by=" + KEYS + "] " : "";
      Files.writeString(sources, "deb " + keys + MIRROR + " " + suite.get() + " main\n");
      options.add("-oDir::Etc::sourcelist=" + sources);
      options.add("-oDir::Etc::sourceparts=/dev/null");
    }
    run(folder, options, "update");
    run(folder, options, "download", "busybox-static");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "busybox-static_*.deb")) {
      for (Path deb : found) {
        return deb;
      }
    }
    throw new CooperException.NotFound("apt-get downloaded no busybox-static for " + name);
  }

  private static void run(Path folder, List<String> options, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("apt-get"));
    command.addAll(options);
    command.addAll(List.of(words));
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new CooperException.NotFound(
          "apt-get, which fetches Debian's busybox, is not on this machine",
          "give the package or the binary with --busybox",
          e);
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new CooperException.NotFound(
            "apt-get " + words[0] + " failed: " + lastLine(said),
            "another --suite may have it, such as trixie; or give the package with --busybox");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new InterruptedIOException("interrupted while apt-get was running");
    }
  }

  private static String lastLine(String said) {
    return said.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
  }
}
