package dev.cooper.disk.boot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The modules that a machine wants early, in an order in which they can be loaded. */
final class ModuleSet {
  /**
   * Buses, disks and network cards of the virtual machines that are common. What a kernel has built
   * in, or does not know, is passed over.
   */
  static final List<String> WANTED =
      List.of(
          "virtio_pci",
          "virtio_mmio",
          "virtio_blk",
          "virtio_scsi",
          "virtio_net",
          "virtio_rng",
          "virtio_console",
          "sd_mod",
          "ata_piix",
          "ata_generic",
          "ahci",
          "nvme",
          "ext4",
          "vmw_pvscsi",
          "mptspi",
          "xen_blkfront",
          "xen_netfront",
          "hv_vmbus",
          "hv_storvsc",
          "hv_netvsc",
          "ena",
          "e1000",
          "e1000e",
          "vmxnet3",
          "evdev",
          "crc32c_intel",
          "crc32c_generic");

  /** Those that belong to no device. */
  static final Set<String> ALWAYS = Set.of("ext4", "crc32c_intel", "crc32c_generic");

  private ModuleSet() {}

  /** Reads modules by name. */
  interface Source {
    /** Every module that there is, and under which file name. */
    Map<String, String> files() throws IOException;

    /** The bytes of a module's file, unpacked. */
    byte[] read(String file) throws IOException;
  }

  /** The wanted modules and all that they need, each after what it needs. */
  static List<KernelModule> closure(Source source) throws IOException {
    List<KernelModule> loaded = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<String, String> files = source.files();
    for (String wanted : WANTED) {
      add(source, files, wanted, seen, loaded);
    }
    return loaded;
  }

  private static void add(
      Source source,
      Map<String, String> files,
      String name,
      Set<String> seen,
      List<KernelModule> loaded)
      throws IOException {
    String file = files.get(name);
    if (file == null || !seen.add(name)) {
      return;
    }
    KernelModule module = KernelModule.parse(file, source.read(file));
    for (String need : module.needs()) {
      add(source, files, need, seen, loaded);
    }
    loaded.add(module);
  }
}
