package dev.cooper.disk.machine;

import dev.cooper.disk.Firmware;
import dev.cooper.image.CooperException;
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
    Duration timeout) {
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

  public MachineOptions withDisk(Path changed) {
    return new MachineOptions(
        changed, format, firmware, kernel, memory, cpus, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withFormat(String changed) {
    return new MachineOptions(
        disk, changed, firmware, kernel, memory, cpus, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withFirmware(Firmware changed) {
    return new MachineOptions(
        disk, format, changed, kernel, memory, cpus, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withKernel(@Nullable DirectKernel changed) {
    return new MachineOptions(
        disk, format, firmware, changed, memory, cpus, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withMemory(int changed) {
    return new MachineOptions(
        disk, format, firmware, kernel, changed, cpus, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withCpus(int changed) {
    return new MachineOptions(
        disk, format, firmware, kernel, memory, changed, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withPorts(List<PortForward> changed) {
    return new MachineOptions(
        disk, format, firmware, kernel, memory, cpus, changed, snapshot, kvm, check, timeout);
  }

  public MachineOptions withSnapshot(boolean changed) {
    return new MachineOptions(
        disk, format, firmware, kernel, memory, cpus, ports, changed, kvm, check, timeout);
  }

  public MachineOptions withKvm(boolean changed) {
    return new MachineOptions(
        disk, format, firmware, kernel, memory, cpus, ports, snapshot, changed, check, timeout);
  }

  public MachineOptions withCheck(String changed) {
    return new MachineOptions(
        disk, format, firmware, kernel, memory, cpus, ports, snapshot, kvm, changed, timeout);
  }

  public MachineOptions withTimeout(Duration changed) {
    return new MachineOptions(
        disk, format, firmware, kernel, memory, cpus, ports, snapshot, kvm, check, changed);
  }
}
