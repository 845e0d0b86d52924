package dev.cooper.cli.base;

import dev.cooper.base.BusyboxBase;
import dev.cooper.base.BusyboxDownload;
import dev.cooper.base.BusyboxOptions;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code cooper base busybox}. */
@Usage(
    name = "base busybox",
    synopsis = "cooper base busybox [OPTIONS]",
    description = "Make a base image, or a folder to build one from, from a static busybox")
public final class BusyboxCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Mixin MadeImageFlags flags = new MadeImageFlags();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write the files to this folder instead of making an image")
  @Nullable String output;

  @Option(
      names = "--busybox",
      paramLabel = "FILE",
      description =
          "The binary or Debian's package of it, for any processor (default this machine's)")
  @Nullable String binary;

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description = "Fetch Debian's busybox for this processor, such as arm64, with apt-get")
  @Nullable String architecture;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "With --arch: the release of Debian (default what this machine's apt has)")
  @Nullable String suite;

  @Option(
      names = "--applets",
      paramLabel = "NAMES",
      split = ",",
      description = "Only these commands, separated by commas")
  List<String> applets = new ArrayList<>();

  @Option(names = "--minimal", description = "Only the commands that a small script needs")
  boolean minimal;

  @Option(
      names = "--user",
      paramLabel = "NAME:ID",
      description = "An ordinary user with a home directory; may be repeated")
  List<String> users = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    if (output != null && flags.tag != null) {
      throw new CooperException.InvalidInput(
          "-o writes a folder, which has no name: leave out -t",
          "cooper build -t " + flags.tag + " " + output + " makes an image of the folder");
    }
    if (architecture == null) {
      return make(binary == null ? BusyboxBase.hostBinary() : Path.of(binary), invocation);
    }
    if (binary != null) {
      throw new CooperException.InvalidInput(
          "--busybox gives the binary and --arch fetches one: give one of them");
    }
    Path folder = Files.createTempDirectory("cooper-busybox-");
    try {
      return make(BusyboxDownload.of(architecture, Optional.ofNullable(suite), folder), invocation);
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = new ArrayList<>(walk.toList());
    }
    for (Path path : paths.reversed()) {
      Files.deleteIfExists(path);
    }
  }

  private int make(Path file, Invocation invocation) throws IOException {
    BusyboxBase base = BusyboxBase.of(file, options());
    if (output == null) {
      int status =
          flags.keep(base.image(), "busybox", Made.epoch().orElse(base.modified()), invocation);
      tellSize(base, invocation);
      return status;
    }
    Path directory = Path.of(output);
    base.writeTo(directory);
    if (!flags.quiet) {
      invocation
          .console()
          .out()
          .println(
              directory
                  + ": the root file system of a "
                  + base.platform()
                  + " system, "
                  + base.applets().size()
                  + " commands in one binary");
      Made.tellDockerfile(
          "# in " + directory + "\n" + base.dockerfile("."), invocation.console().out());
    }
    return 0;
  }

  /** Links take next to nothing: a smaller image needs a smaller binary. */
  private void tellSize(BusyboxBase base, Invocation invocation) throws IOException {
    if (minimal && !flags.quiet) {
      invocation
          .console()
          .out()
          .println(
              "The binary alone is "
                  + HumanSize.of(base.binarySize())
                  + " ("
                  + HumanSize.of(base.packedSize())
                  + " packed, as registries keep it): it holds all its commands, whichever have a"
                  + " name. One built with fewer, given with --busybox, makes a smaller image; so do"
                  + " the programs of Debian's klibc-utils, some hundred kB with"
                  + " cooper base from-binary /usr/lib/klibc/bin/sh /usr/lib/klibc/bin/ls …");
    }
  }

  private BusyboxOptions options() {
    BusyboxOptions options = BusyboxOptions.DEFAULT;
    if (!applets.isEmpty()) {
      options = options.withApplets(applets);
    } else if (minimal) {
      options = options.withApplets(BusyboxOptions.MINIMAL);
    }
    List<BusyboxOptions.User> chosen = new ArrayList<>();
    for (String user : users) {
      int colon = user.indexOf(':');
      try {
        chosen.add(
            new BusyboxOptions.User(
                user.substring(0, Math.max(0, colon)),
                Integer.parseInt(user.substring(colon + 1))));
      } catch (NumberFormatException e) {
        throw new CooperException.InvalidInput(
            "--user " + user + " is not of the form NAME:ID", "for example --user ada:1000", e);
      }
    }
    return options.withUsers(chosen);
  }
}
