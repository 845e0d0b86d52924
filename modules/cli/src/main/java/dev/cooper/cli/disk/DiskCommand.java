package dev.cooper.cli.disk;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.disk.Firmware;
import dev.cooper.disk.format.Compression;
import dev.cooper.disk.format.Format;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper disk}. */
@Usage(
    name = "disk",
    synopsis = "cooper disk [OPTIONS] IMAGE -o FILE",
    description = "Write a bootable disk of an image, without root, mount or loop device")
public final class DiskCommand implements Command {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The disk's file")
  @Nullable Path output;

  @Option(
      names = "--firmware",
      paramLabel = "bios|uefi|both",
      description = "What can start it (default both)")
  Firmware firmware = Firmware.BOTH;

  @Option(
      names = "--format",
      paramLabel = "raw|qcow2|vdi|vmdk|vhd|vhdx",
      description = "The file's format (default: what its name ends in, else raw)")
  @Nullable String format;

  @Option(names = "--compress", description = "Compress the disk (qcow2 and vmdk)")
  boolean compress;

  @Option(
      names = "--compression",
      paramLabel = "zlib|zstd",
      description = "Compress by this (default zlib; zstd: qcow2 for QEMU 5.1 and later, faster)")
  @Nullable Compression compression;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress")
  boolean quiet;

  @Mixin DiskFlags flags = new DiskFlags();

  @Parameters List<String> operands = new ArrayList<>();

  private Compression compression() {
    if (compression != null) {
      return compression;
    }
    return compress ? Compression.ZLIB : Compression.NONE;
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Operands.exactly(1, operands);
    Path file = output;
    if (file == null) {
      throw new UsageException("the disk's file is missing: -o FILE", "cooper disk --help");
    }
    String image = operands.getFirst();
    Format kept = DiskFlags.format(format, file);
    long started = System.nanoTime();
    try (Cooper cooper = Cooper.open(invocation.root());
        ProgressLine progress = ProgressLine.on(invocation.console(), quiet)) {
      long size =
          cooper
              .disks()
              .write(
                  image,
                  options -> {
                    try {
                      return flags
                          .apply(options, firmware, "cooper disk --help")
                          .withFormat(kept)
                          .withCompression(compression());
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  },
                  file,
                  progress);
      progress.close();
      invocation
          .console()
          .out()
          .printf(
              "%s: a disk of %s, written in %.1f s%n",
              file, HumanSize.binary(size), (System.nanoTime() - started) / 1e9);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return 0;
  }
}
