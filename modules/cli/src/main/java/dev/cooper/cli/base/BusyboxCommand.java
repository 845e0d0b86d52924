package dev.cooper.cli.base;

import dev.cooper.base.BusyboxBase;
import dev.cooper.base.BusyboxCompilation;
import dev.cooper.base.BusyboxDownload;
import dev.cooper.base.BusyboxOptions;
import dev.cooper.base.ShellWords;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.linux.DelayedExit;
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
      description = "With --arch or --minimal: the release of Debian (default this machine's)")
  @Nullable String suite;

  @Option(
      names = "--applets",
      paramLabel = "NAMES",
      split = ",",
      description = "Only these commands, separated by commas")
  List<String> applets = new ArrayList<>();

  @Option(
      names = "--minimal",
      description =
          "Compile a busybox with only the commands of --applets, or else those of a small script:"
              + " some hundred kB. With --busybox or --arch: only the links of these commands")
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
          "-o writes a folder, which has no name: leave out -t, or leave out -o to make the image");
    }
    if (binary != null && architecture != null) {
      throw new CooperException.InvalidInput(
          "--busybox gives the binary and --arch fetches one: give one of them");
    }
    if (suite != null && architecture == null && (!minimal || binary != null)) {
      throw new CooperException.InvalidInput(
          "--suite says which release --arch or --minimal fetch from: give one of them, or leave it"
              + " out");
    }
    if (binary != null) {
      return make(Path.of(binary), invocation);
    }
    if (architecture == null && !minimal) {
      return make(BusyboxBase.hostBinary(), invocation);
    }
    Path folder = Files.createTempDirectory("cooper-busybox-");
    try (DelayedExit exit = DelayedExit.interruptingThisThread()) {
      try {
        return make(obtained(folder, invocation), invocation);
      } finally {
        remove(folder);
      }
    }
  }

  /** Downloaded or compiled in the folder. */
  private Path obtained(Path folder, Invocation invocation) throws IOException {
    if (architecture != null) {
      return BusyboxDownload.of(architecture, Optional.ofNullable(suite), folder);
    }
    return BusyboxCompilation.of(
        options().applets().orElse(BusyboxOptions.MINIMAL),
        Optional.ofNullable(suite),
        folder,
        flags.quiet ? line -> {} : invocation.console().error()::println);
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

  /** What a user types for the same; where a given binary lies is of no interest elsewhere. */
  private String command() {
    List<String> words = new ArrayList<>(List.of("cooper", "base", "busybox"));
    if (architecture != null) {
      words.addAll(List.of("--arch", architecture));
    }
    if (suite != null) {
      words.addAll(List.of("--suite", suite));
    }
    if (minimal) {
      words.add("--minimal");
    }
    if (!applets.isEmpty()) {
      words.addAll(List.of("--applets", String.join(",", applets)));
    }
    users.forEach(user -> words.addAll(List.of("--user", user)));
    return ShellWords.join(words);
  }

  private int make(Path file, Invocation invocation) throws IOException {
    BusyboxBase base = BusyboxBase.of(file, options());
    if (output == null) {
      int status =
          flags.keep(
              base.image(command()), "busybox", Made.epoch().orElse(base.modified()), invocation);
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
          "# in " + ShellWords.oneLine(directory.toString()) + "\n" + base.dockerfile("."),
          invocation.console().out());
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
              "The binary is "
                  + HumanSize.of(base.binarySize())
                  + " ("
                  + HumanSize.of(base.packedSize())
                  + " packed, as registries keep it)"
                  + (binary == null && architecture == null
                      ? "."
                      : ": it holds all its commands, whichever have a name. Without --busybox and"
                          + " --arch one is compiled that has no others."));
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
