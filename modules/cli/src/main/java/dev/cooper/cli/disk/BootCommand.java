package dev.cooper.cli.disk;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.disk.DiskOptions;
import dev.cooper.disk.Firmware;
import dev.cooper.disk.format.DiskInput;
import dev.cooper.disk.format.Format;
import dev.cooper.disk.machine.DirectKernel;
import dev.cooper.disk.machine.Machine;
import dev.cooper.disk.machine.MachineOptions;
import dev.cooper.disk.machine.PortForward;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.linux.DelayedExit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code cooper boot}. */
@Usage(
    name = "boot",
    synopsis = "cooper boot [OPTIONS] IMAGE|DISK",
    description = "Boot an image or a disk in QEMU, its serial console on this terminal")
public final class BootCommand implements Command {
  private static final String HELP = "cooper boot --help";

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "list",
      description = "Forward a port of this computer: [ADDRESS:]HOST:GUEST[/tcp|udp]")
  List<String> ports = new ArrayList<>();

  @Option(
      names = {"-m", "--memory"},
      paramLabel = "bytes",
      description = "Memory, such as 1G (default 512M)")
  String memory = "512M";

  @Option(names = "--cpus", paramLabel = "int", description = "Number of CPUs (default 1)")
  int cpus = 1;

  @Option(names = "--snapshot", description = "Throw away what the machine writes")
  boolean snapshot;

  @Option(names = "--kvm", description = "Use the processor's virtualization (/dev/kvm)")
  boolean kvm;

  @Option(
      names = "--firmware",
      paramLabel = "bios|uefi",
      description =
          "What starts the machine (default: a disk's, bios; an image's kernel is started at once)")
  @Nullable Firmware firmware;

  @Option(
      names = "--format",
      paramLabel = "raw|qcow2|vdi|vmdk|vhd|vhdx",
      description = "The disk's format (default: what its name ends in, else raw)")
  @Nullable String format;

  @Option(
      names = "--check",
      paramLabel = "text",
      description = "Stop with exit code 0 when the console says this, with 1 when it does not")
  String check = "";

  @Option(
      names = "--timeout",
      paramLabel = "seconds",
      description = "How long --check waits (default 60)")
  int timeout = 60;

  @Option(
      names = {"-q", "--quiet"},
      description = "With --check: do not show the console")
  boolean quiet;

  @Mixin DiskFlags flags = new DiskFlags();

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws IOException {
    Operands.exactly(1, operands);
    Path disk = Path.of(operands.getFirst());
    // What is wrong with the machine is said before its disk is written.
    MachineOptions machine = machine(disk);
    // A word that names a file is a disk; ./minios and minios:latest tell the two apart.
    if (Files.isRegularFile(disk)) {
      return boot(machine.withFormat(format(disk).qemuName()), invocation);
    }
    try (DelayedExit _ = DelayedExit.interruptingThisThread()) {
      return bootImage(machine, invocation);
    }
  }

  /** Boots an image from a disk that is gone at the end, whichever that is. */
  private int bootImage(MachineOptions machine, Invocation invocation) throws IOException {
    try (Cooper cooper = Cooper.open(invocation.root())) {
      requireImage(cooper);
      Path folder = cooper.disks().temporaryFolder();
      try {
        Path made = folder.resolve("disk.img");
        DirectKernel kernel = write(cooper, made, folder, invocation);
        return boot(machine.withDisk(made).withKernel(kernel), invocation);
      } finally {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.deleteIfExists(file);
          }
        }
        Files.delete(folder);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void requireImage(Cooper cooper) throws IOException {
    boolean found;
    try {
      found = cooper.images().find(operands.getFirst()).isPresent();
    } catch (CooperException.InvalidInput e) {
      // A word such as ./web.img is no image's name: a disk was meant.
      found = false;
    }
    if (!found) {
      throw new CooperException.NotFound(
          "No such image or disk: " + operands.getFirst(),
          "cooper images lists the images; cooper disk IMAGE -o FILE makes a disk");
    }
  }

  /**
   * The format asked for or in the file's name. A file that says nothing is taken for raw, as what
   * a guest may have written into a raw disk must not choose; but not against what it looks like.
   */
  private Format format(Path disk) throws IOException {
    Format kept = DiskFlags.format(format, disk);
    if (format == null && kept == Format.RAW) {
      try (DiskInput input = DiskInput.open(disk)) {
        if (input.format() != Format.RAW) {
          String found = input.format().name().toLowerCase(Locale.ROOT);
          throw new CooperException.InvalidInput(
              disk + " looks like " + found + ", and its name does not say so",
              "--format " + found + " boots it as that");
        }
      }
    }
    return kept;
  }

  /** Writes the image's disk, and returns the kernel to start, or null where firmware does it. */
  private @Nullable DirectKernel write(Cooper cooper, Path made, Path folder, Invocation invocation)
      throws IOException {
    Firmware target = firmware == null ? Firmware.BIOS : firmware;
    String image = operands.getFirst();
    UnaryOperator<DiskOptions> choices =
        options -> {
          try {
            return flags.apply(options, target, HELP);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (ProgressLine progress = ProgressLine.on(invocation.console(), quiet)) {
      if (firmware == null) {
        return cooper.disks().writeWithKernel(image, choices, made, folder, progress);
      }
      cooper.disks().write(image, choices, made, progress);
      return null;
    }
  }

  private MachineOptions machine(Path disk) {
    List<PortForward> forwards = new ArrayList<>();
    for (String port : ports) {
      forwards.add(PortForward.parse(port));
    }
    if (timeout < 1) {
      throw new UsageException(
          "invalid argument \"%d\" for \"--timeout\" flag: not a number of seconds"
              .formatted(timeout),
          HELP);
    }
    long mebibytes = DiskFlags.bytes(memory, "-m, --memory", HELP) >> 20;
    return MachineOptions.of(disk, Format.RAW.qemuName())
        .withFirmware(firmware == null ? Firmware.BIOS : firmware)
        .withMemory((int) Math.min(mebibytes, Integer.MAX_VALUE))
        .withCpus(cpus)
        .withPorts(forwards)
        .withSnapshot(snapshot)
        .withKvm(kvm)
        .withCheck(check)
        .withTimeout(Duration.ofSeconds(timeout));
  }

  private int boot(MachineOptions options, Invocation invocation) throws IOException {
    PrintStream out = invocation.console().out();
    OutputStream console = quiet && !check.isEmpty() ? OutputStream.nullOutputStream() : out;
    Machine.Outcome outcome = Machine.boot(options, console);
    if (check.isEmpty()) {
      return outcome.status().orElse(0);
    }
    out.println();
    if (outcome.reached().isPresent()) {
      out.printf("\"%s\" after %.1f s%n", check, outcome.reached().get().toMillis() / 1000.0);
      return 0;
    }
    PrintStream error = invocation.console().error();
    error.println("Error: the console did not say \"" + check + "\" within " + timeout + " s");
    if (quiet) {
      error.println("Its last lines:");
      outcome.lastLines().forEach(line -> error.println("  " + line));
    }
    return 1;
  }
}
