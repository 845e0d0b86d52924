package dev.cooper.cli.disk;

import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.disk.Console;
import dev.cooper.disk.DiskOptions;
import dev.cooper.disk.Firmware;
import dev.cooper.disk.boot.KernelChoice;
import dev.cooper.disk.ext4.Generation;
import dev.cooper.disk.format.Format;
import dev.cooper.disk.guest.GuestOptions;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.flags.Option;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The flags that say how a disk is made: those of {@code disk}, and of {@code boot IMAGE}. */
final class DiskFlags {
  @Option(
      names = "--kernel",
      paramLabel = "FILE|debian",
      description = "Where the kernel comes from (default: the image)")
  String kernel = "";

  @Option(names = "--fs", paramLabel = "ext4|ext3", description = "Root file system (default ext4)")
  Generation fileSystem = Generation.EXT4;

  @Option(
      names = "--partition-table",
      paramLabel = "gpt|mbr",
      description = "Partition table (default gpt)")
  Scheme table = Scheme.GPT;

  @Option(
      names = "--size",
      paramLabel = "bytes",
      description = "Size of the disk, such as 2G (default: what the files take, and room)")
  String size = "0";

  @Option(names = "--swap", paramLabel = "bytes", description = "Size of a swap partition")
  String swap = "0";

  @Option(
      names = "--hostname",
      paramLabel = "string",
      description = "The machine's name (default: the image's)")
  String hostname = "";

  @Option(names = "--user", paramLabel = "string", description = "Make a user who may become root")
  String user = "";

  @Option(
      names = "--ssh-key",
      paramLabel = "FILE",
      description = "A public key that may log in as that user, or as root")
  @Nullable Path sshKey;

  @Option(names = "--cmdline", paramLabel = "string", description = "More words for the kernel")
  String commandLine = "";

  @Option(
      names = "--console",
      paramLabel = "both|serial|screen",
      description = "Where the machine talks (default both)")
  Console console = Console.BOTH;

  /**
   * The options with these flags applied.
   *
   * @param help the command that says more about the flags
   * @throws UsageException when a size is none
   */
  DiskOptions apply(DiskOptions options, Firmware firmware, String help) throws IOException {
    String key = sshKey == null ? "" : Files.readString(sshKey).strip();
    return options
        .withFirmware(firmware)
        .withTable(table)
        .withFileSystem(fileSystem)
        .withSize(bytes(size, "--size", help))
        .withSwap(bytes(swap, "--swap", help))
        .withGuest(
            new GuestOptions(hostname.isEmpty() ? options.guest().hostname() : hostname, user, key))
        .withConsole(console)
        .withCommandLine(commandLine)
        .withKernel(KernelChoice.parse(kernel));
  }

  /** The format asked for, else the one that the file's name ends in, else raw. */
  static Format format(@Nullable String asked, Path file) {
    if (asked != null) {
      return Format.parse(asked);
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (Format format : Format.values()) {
      if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    return Format.RAW;
  }

  /**
   * Reads a size such as 512, 64k, 900M, 1.5G or 1T, in powers of 1024.
   *
   * @throws UsageException when it is none
   */
  static long bytes(String text, String flag, String help) {
    try {
      return HumanSize.parse(text);
    } catch (CooperException.InvalidInput e) {
      throw new UsageException(
          "invalid argument \"%s\" for \"%s\" flag: %s; write it as 900M or 2G"
              .formatted(text, flag, e.getMessage()),
          help);
    }
  }
}
