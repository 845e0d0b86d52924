package dev.cooper.disk.machine;

import dev.cooper.disk.Firmware;
import dev.cooper.image.CooperException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine to boot.
 *
 * @param disk the file
 * @param format of the file as QEMU calls it: raw, qcow2, vdi, vmdk, vpc, vhdx
 * @param firmware BIOS (also where both would do) or UEFI
 * @param kernel what is started at once, in the place of a boot loader; null for the disk's own
 * @param memory in MiB
 * @param cpus how many processors
 * @param ports of this computer that lead to the machine
 * @param snapshot whether what the machine writes is thrown away
 * @param kvm whether the processor's virtualization is used; else all is emulated, which works
 *     everywhere
 * @param check text that must appear on the console for success; empty for a machine that a person
 *     uses until it switches off
 * @param timeout how long to wait for that text
 */
@RecordBuilder
public record MachineOptions(
    Path disk,
    String format,
    Firmware firmware,
    @Nullable DirectKernel kernel,
    int memory,
    int cpus,
    List<PortForward> ports,
    boolean snapshot,
    boolean kvm,
    String check,
    Duration timeout)
    implements MachineOptionsBuilder.With {
  private static final int SMALLEST_MEMORY = 32;
  private static final int MOST_CPUS = 255;

  public MachineOptions {
    ports = List.copyOf(ports);
    if (memory < SMALLEST_MEMORY) {
      throw new CooperException.InvalidInput(
          memory + " MiB of memory are too little for a machine", "give it 256M or more");
    }
    if (cpus < 1 || cpus > MOST_CPUS) {
      throw new CooperException.InvalidInput(
          "a machine has 1 to " + MOST_CPUS + " processors, not " + cpus);
    }
  }

  /** One processor, 512 MiB, BIOS, for a person to use. */
  public static MachineOptions of(Path disk, String format) {
    return new MachineOptions(
        disk,
        format,
        Firmware.BIOS,
        null,
        512,
        1,
        List.of(),
        false,
        false,
        "",
        Duration.ofMinutes(1));
  }
}
