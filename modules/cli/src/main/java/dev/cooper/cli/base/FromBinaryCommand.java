package dev.cooper.cli.base;

import dev.cooper.base.BinaryBase;
import dev.cooper.base.BinaryOptions;
import dev.cooper.base.BinaryOptions.Extra;
import dev.cooper.base.ShellWords;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code cooper base from-binary}. */
@Usage(
    name = "base from-binary",
    synopsis = "cooper base from-binary [OPTIONS] PATH...",
    description =
        "Make a base image of programs with the libraries they need, and nothing else. Other files and"
            + " folders are taken as they are; the first program is what the image runs")
public final class FromBinaryCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Mixin MadeImageFlags flags = new MadeImageFlags();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write the files to this new folder instead of making an image")
  @Nullable String output;

  @Option(
      names = "--with",
      paramLabel = "NAMES",
      split = ",",
      description = "Put in as well: ca-certificates, tzdata, nss (name service)")
  List<String> with = new ArrayList<>();

  @Option(
      names = "--without",
      paramLabel = "NAMES",
      split = ",",
      description = "Leave out, though it seems needed")
  List<String> without = new ArrayList<>();

  @Option(
      names = "--sysroot",
      paramLabel = "DIR",
      description = "Take programs and libraries from this tree, of any processor (default /)")
  @Nullable String sysroot;

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    BinaryBase base = BinaryBase.of(operands, options());
    PrintStream out = invocation.console().out();
    if (output != null) {
      if (flags.tag != null) {
        throw new CooperException.InvalidInput(
            "-o writes a folder, which has no name: leave out -t",
            "cooper build -t " + flags.tag + " " + output + " makes an image of the folder");
      }
      return write(base, Path.of(output), out);
    }
    if (!flags.quiet) {
      base.notes().forEach(note -> out.println(note));
    }
    Instant created = Made.epoch().orElse(base.newest());
    return flags.keep(base.image(), name(), created, invocation);
  }

  private BinaryOptions options() {
    BinaryOptions options =
        BinaryOptions.DEFAULT
            .withExtras(extras(with), extras(without))
            .withLatest(Made.epoch().orElse(Instant.MAX));
    if (sysroot != null) {
      return options.withRoot(Path.of(sysroot).toAbsolutePath().normalize());
    }
    String path = System.getenv("PATH");
    return path == null || path.isEmpty()
        ? options
        : options.withSearchPath(List.of(path.split(":")));
  }

  private static Set<Extra> extras(List<String> words) {
    Set<Extra> extras = EnumSet.noneOf(Extra.class);
    words.forEach(word -> extras.add(Extra.of(word)));
    return extras;
  }

  /** A name of the letters that names may have. */
  private String name() {
    String first = operands.getFirst();
    String name =
        first
            .substring(first.lastIndexOf('/') + 1)
            .toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return name.isEmpty() ? "binary" : name;
  }

  private int write(BinaryBase base, Path directory, PrintStream out) throws Exception {
    if (Files.exists(directory)) {
      try (Stream<Path> entries = Files.list(directory)) {
        if (entries.findAny().isPresent()) {
          throw new CooperException.Conflict(directory + " is not empty", "name a new directory");
        }
      }
    }
    base.files().writeTo(directory);
    if (!flags.quiet) {
      base.notes().forEach(note -> out.println(note));
      out.println(directory + ": " + base.files().items().size() + " files, " + base.platform());
      // The folder above: a Dockerfile in the folder would be one of the image's files.
      Path whole = directory.toRealPath();
      Path above = whole.getParent() == null ? whole : whole.getParent();
      Made.tellDockerfile(
          "# in "
              + ShellWords.oneLine(above.toString())
              + "\n"
              + base.dockerfile(above.relativize(whole).toString()),
          out);
    }
    return 0;
  }
}
