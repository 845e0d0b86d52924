package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Debian's packages through this machine's apt-get with a state of its own, in a folder that the
 * caller gives and removes: nothing is installed, and the system's package lists stay as they are.
 * Needs no root; apt checks the signatures.
 */
final class PrivateApt {
  private static final String MIRROR = "http://deb.debian.org/debian";
  private static final String SECURITY = "http://deb.debian.org/debian-security";

  /** Their newest packages are the mended ones. */
  private static final Set<String> WITHOUT_SECURITY = Set.of("sid", "unstable", "experimental");

  private static final Path KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

  private final Path folder;
  private final List<String> options = new ArrayList<>();

  private PrivateApt(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("state/lists/partial"));
    Files.createDirectories(folder.resolve("cache/archives/partial"));
    options.addAll(
        List.of(
            "-q",
            "-oDir::State=" + folder.resolve("state"),
            "-oDir::State::status=/dev/null",
            "-oDir::Cache=" + folder.resolve("cache"),
            "-oAPT::Sandbox::User=",
            "-oAcquire::Languages=none",
            // Half a package list is none.
            "-oAPT::Update::Error-Mode=any",
            "-oDir::Etc::preferences=/dev/null",
            "-oDir::Etc::preferencesparts=/dev/null",
            "-c=" + withoutHooks(folder)));
  }

  /** The machine's own commands after an update are for its own lists. */
  private static Path withoutHooks(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("apt.conf"),
        """
        #clear APT::Update::Pre-Invoke;
        #clear APT::Update::Post-Invoke;
        #clear APT::Update::Post-Invoke-Success;
        """);
  }

  /**
   * Binary packages.
   *
   * @param architecture by Debian's name
   * @param suite of Debian, such as {@code trixie}; empty for the sources that this machine has
   * @param folder an existing empty folder
   */
  static PrivateApt binaries(String architecture, Optional<String> suite, Path folder)
      throws IOException {
    PrivateApt apt = new PrivateApt(folder);
    apt.options.add("-oAPT::Architecture=" + architecture);
    apt.options.add("-oAPT::Architectures::=" + architecture);
    if (suite.isPresent()) {
      apt.only("deb", suite.get());
    }
    return apt;
  }

  /**
   * Source packages.
   *
   * @param folder an existing empty folder
   */
  static PrivateApt sources(String suite, Path folder) throws IOException {
    PrivateApt apt = new PrivateApt(folder);
    apt.only("deb-src", suite);
    return apt;
  }

  private void only(String kind, String suite) throws IOException {
    if (!suite.matches("[a-z][a-z0-9-]*")) {
      throw new CooperException.InvalidInput("not a suite of Debian: \"" + suite + "\"");
    }
    Path list = folder.resolve("debian.list");
    String keys = Files.exists(KEYS) ? "[signed-by=" + KEYS + "] " : "";
    String lines = kind + " " + keys + MIRROR + " " + suite + " main\n";
    if (!WITHOUT_SECURITY.contains(suite) && suite.indexOf('-') < 0) {
      lines += kind + " " + keys + SECURITY + " " + suite + "-security main\n";
    }
    Files.writeString(list, lines);
    options.add("-oDir::Etc::sourcelist=" + list);
    options.add("-oDir::Etc::sourceparts=/dev/null");
  }

  /**
   * Downloads a package.
   *
   * @throws CooperException.NotFound when there is none of this name, or no apt-get
   */
  Path download(String name) throws IOException {
    run("update");
    run("download", name);
    return theOne(name + "_*.deb");
  }

  /**
   * Downloads a package's source and unpacks it with Debian's changes, which takes dpkg-source.
   *
   * @return the folder of the source
   * @throws CooperException.NotFound when there is none of this name, or no apt-get
   */
  Path source(String name) throws IOException {
    run("update");
    run("source", name);
    return theOne(name + "-[0-9]*");
  }

  private Path theOne(String pattern) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path path : found) {
        return path;
      }
    }
    throw new CooperException.NotFound("apt-get downloaded no " + pattern);
  }

  private void run(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("apt-get"));
    command.addAll(options);
    command.addAll(List.of(words));
    HostProgram.Ended ended;
    try {
      ended = new HostProgram(command, folder, System.getenv()).run(line -> {});
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new CooperException.NotFound(
          "apt-get, which fetches Debian's busybox, is not on this machine",
          "give the package or the binary with --busybox",
          e);
    }
    if (ended.status() != 0) {
      throw new CooperException.NotFound(
          "apt-get " + words[0] + " failed: " + ended.lastLine(),
          words[0].equals("update")
              ? "is the mirror reachable, and does it have this suite? A proxy is taken from"
                  + " http_proxy; or give a binary with --busybox"
              : "another --suite may have it, such as trixie; or give the package with --busybox");
    }
  }
}
