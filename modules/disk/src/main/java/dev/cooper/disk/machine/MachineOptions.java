package dev.cooper.disk.machine;

import dev.cooper.disk.Firmware;
import dev.cooper.image.CooperException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A machine to boot.
 *
 * @param disk the file
 * @param format of the file as QEMU calls it: raw, qcow2, vdi, vmdk, vpc, vhdx
 * @param firmware BIOS (also where both would do) or UEFI
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
    int memory,
    int cpus,
    List<PortForward> ports,
    boolean snapshot,
    boolean kvm,
    String check,
    Duration timeout) {
  public MachineOptions {
    ports = List.copyOf(ports);
    if (memory < 32 || cpus < 1 || cpus > 255) {
      throw new CooperException.InvalidInput(
          memory + " MiB of memory and " + cpus + " processors do not make a machine");
    }
  }

  /** One processor, 512 MiB, BIOS, for a person to use. */
  public static MachineOptions of(Path disk, String format) {
    return new MachineOptions(
        disk, format, Firmware.BIOS, 512, 1, List.of(), false, false, "", Duration.ofMinutes(1));
  }

  public MachineOptions withFirmware(Firmware changed) {
    return new MachineOptions(
        disk, format, changed, memory, cpus, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withMemory(int changed) {
    return new MachineOptions(
        disk, format, firmware, changed, cpus, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withCpus(int changed) {
    return new MachineOptions(
        disk, format, firmware, memory, changed, ports, snapshot, kvm, check, timeout);
  }

  public MachineOptions withPorts(List<PortForward> changed) {
    return new MachineOptions(
        disk, format, firmware, memory, cpus, changed, snapshot, kvm, check, timeout);
  }

  public MachineOptions withSnapshot(boolean changed) {
    return new MachineOptions(
        disk, format, firmware, memory, cpus, ports, changed, kvm, check, timeout);
  }

  public MachineOptions withKvm(boolean changed) {
    return new MachineOptions(
        disk, format, firmware, memory, cpus, ports, snapshot, changed, check, timeout);
  }

  public MachineOptions withCheck(String changed) {
    return new MachineOptions(
        disk, format, firmware, memory, cpus, ports, snapshot, kvm, changed, timeout);
  }

  public MachineOptions withTimeout(Duration changed) {
    return new MachineOptions(
        disk, format, firmware, memory, cpus, ports, snapshot, kvm, check, changed);
  }
}
