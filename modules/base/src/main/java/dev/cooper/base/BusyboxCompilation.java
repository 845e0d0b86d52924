package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A busybox of few commands, compiled from Debian's source with musl: a fifth of the size of the
 * one that Debian compiles with all commands and glibc. The same source, commands and compiler give
 * the same bytes.
 */
public final class BusyboxCompilation {
  private static final String LIBRARY = "musl-gcc";
  private static final Map<String, String> PROGRAMS =
      Map.of(
          LIBRARY,
          "musl-tools",
          "gcc",
          "gcc",
          "make",
          "make",
          "dpkg-source",
          "dpkg-dev",
          "apt-get",
          "apt");

  /** The kernel's interface, which musl takes from elsewhere (linux-libc-dev). */
  private static final List<String> KERNEL_HEADERS = List.of("linux", "asm-generic", "mtd", "asm");

  /** Questions about choices that a command left out has opened: each takes what is usual. */
  private static final String ANSWERS = "\n".repeat(10_000);

  private static final int TELL_EVERY = 50;

  private final List<String> applets;
  private final Path folder;
  private final Consumer<String> progress;

  private BusyboxCompilation(List<String> applets, Path folder, Consumer<String> progress) {
    this.applets = applets;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Fetches the source, and compiles it, which takes some seconds of processor time for each
   * hundred files.
   *
   * @param applets the commands it shall have, two at least
   * @param suite of Debian, such as {@code trixie}; empty for this machine's own, or Debian's
   *     stable one
   * @param folder an existing empty folder, for the source and what apt needs; the caller removes
   *     it
   * @param progress told what is being done, line by line
   * @return the binary, dated as Debian's last change of the source
   * @throws CooperException.NotFound when there is no compiler, musl or source; all programs that
   *     are missing are named, with the packages that have them
   * @throws CooperException.InvalidInput when the source does not have the commands
   */
  public static Path of(
      List<String> applets, Optional<String> suite, Path folder, Consumer<String> progress)
      throws IOException {
    if (new HashSet<>(applets).size() < 2) {
      throw new CooperException.InvalidInput(
          "a busybox of one command is that command, whatever it is called: name two at least");
    }
    requirePrograms();
    BusyboxCompilation compilation = new BusyboxCompilation(applets, folder, progress);
    progress.accept("busybox: fetching Debian's source");
    Path source =
        PrivateApt.sources(suite.orElseGet(BusyboxCompilation::hostSuite), folder)
            .source("busybox");
    return compilation.compile(source);
  }

  private static void requirePrograms() {
    List<String> missing = new ArrayList<>();
    List<String> packages = new ArrayList<>();
    for (String program : PROGRAMS.keySet().stream().sorted().toList()) {
      if (!isInstalled(program)) {
        missing.add(program);
        packages.add(PROGRAMS.getOrDefault(program, program));
      }
    }
    // gcc alone cannot compile what busybox's own build runs.
    if (!Files.exists(Path.of("/usr/include/stdio.h"))) {
      missing.add("stdio.h");
      packages.add("libc6-dev");
    }
    if (!missing.isEmpty()) {
      throw new CooperException.NotFound(
          "a minimal busybox is compiled, and this machine has no " + String.join(", ", missing),
          "apt-get install "
              + String.join(" ", packages)
              + ", or give a binary with --busybox: --busybox /bin/busybox is this machine's");
    }
  }

  private static boolean isInstalled(String program) {
    for (String directory : path().split(":")) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  private static String path() {
    String path = System.getenv("PATH");
    return path == null ? BusyboxBase.PATH : path;
  }

  /** This machine's release of Debian. */
  private static String hostSuite() {
    String suite = "stable";
    try {
      for (String line : Files.readAllLines(Path.of("/etc/os-release"))) {
        if (line.startsWith("ID=") && !line.equals("ID=debian")) {
          return "stable";
        }
        if (line.startsWith("VERSION_CODENAME=")) {
          suite = line.substring(line.indexOf('=') + 1).replace("\"", "");
        }
      }
    } catch (IOException e) {
      return "stable";
    }
    return suite;
  }

  private Path compile(Path source) throws IOException {
    Instant changed = changed(source);
    // Nothing else of this process's: CPPFLAGS or MAKEFLAGS would give other bytes.
    Map<String, String> environment =
        Map.of(
            "PATH",
            path(),
            "SOURCE_DATE_EPOCH",
            Long.toString(changed.getEpochSecond()),
            "KCONFIG_NOTIMESTAMP",
            "1",
            "LC_ALL",
            "C");
    run(make(source, environment, "defconfig"), line -> {});
    Path configuration = source.resolve(".config");
    BusyboxConfiguration choice = BusyboxConfiguration.of(source);
    kernelHeaders();
    Files.writeString(
        configuration,
        choice
            .only(applets, Files.readString(configuration))
            .replace("CONFIG_EXTRA_CFLAGS=\"\"", "CONFIG_EXTRA_CFLAGS=\"-isystem ../headers\""));
    Path answers = Files.writeString(folder.resolve("answers"), ANSWERS);
    run(new HostProgram(List.of("make", "oldconfig"), source, environment, answers), line -> {});
    choice.require(applets, Files.readString(configuration));
    progress.accept(
        "busybox: compiling "
            + source.getFileName()
            + " with "
            + String.join(" ", applets)
            + " (some 200 files)");
    AtomicInteger files = new AtomicInteger();
    run(
        make(
            source,
            environment,
            "-j" + Runtime.getRuntime().availableProcessors(),
            "CC=" + LIBRARY,
            "HOSTCC=gcc",
            "busybox"),
        line -> {
          if (line.startsWith("  CC ") && files.incrementAndGet() % TELL_EVERY == 0) {
            progress.accept("busybox: compiled " + files + " files");
          }
        });
    Path binary = source.resolve("busybox");
    Files.setLastModifiedTime(binary, FileTime.from(changed));
    return binary;
  }

  /**
   * Links the kernel's headers into a folder beside the source, without those of glibc, which lie
   * beside them.
   */
  private void kernelHeaders() throws IOException {
    Path headers = Files.createDirectory(folder.resolve("headers"));
    HostProgram.Ended processor =
        new HostProgram(List.of("gcc", "-print-multiarch"), folder, Map.of("PATH", path()))
            .run(line -> {});
    Path include = Path.of("/usr/include");
    for (String name : KERNEL_HEADERS) {
      Path found =
          Stream.of(include.resolve(processor.lastLine()).resolve(name), include.resolve(name))
              .filter(Files::isDirectory)
              .findFirst()
              .orElseThrow(
                  () ->
                      new CooperException.NotFound(
                          "a minimal busybox is compiled, and this machine has no "
                              + include.resolve(name),
                          "apt-get install linux-libc-dev, or give a binary with --busybox"));
      Files.createSymbolicLink(headers.resolve(name), found);
    }
  }

  /** When Debian changed the source last (deb-changelog(5): the first line that begins so). */
  private static Instant changed(Path source) throws IOException {
    for (String line : Files.readAllLines(source.resolve("debian/changelog"))) {
      if (line.startsWith(" -- ")) {
        try {
          return ZonedDateTime.parse(
                  line.substring(line.indexOf(">  ") + 3).strip(),
                  DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
        } catch (DateTimeParseException e) {
          return Instant.EPOCH;
        }
      }
    }
    return Instant.EPOCH;
  }

  private static HostProgram make(Path source, Map<String, String> environment, String... words) {
    List<String> command = new ArrayList<>(List.of("make"));
    command.addAll(List.of(words));
    return new HostProgram(command, source, environment);
  }

  private static void run(HostProgram program, Consumer<String> lines) throws IOException {
    StringBuffer errors = new StringBuffer();
    HostProgram.Ended ended;
    try {
      ended =
          program.run(
              line -> {
                if (line.contains("error:") && errors.isEmpty()) {
                  errors.append(line.strip());
                }
                lines.accept(line);
              });
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new CooperException.Failed(
          program.command().getFirst() + " cannot be started", null, e);
    }
    if (ended.status() != 0) {
      throw new CooperException.Failed(
          "busybox could not be compiled: " + (errors.isEmpty() ? ended.lastLine() : errors),
          "give a binary with --busybox, such as /bin/busybox");
    }
  }
}
