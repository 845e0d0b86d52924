package dev.cooper.disk.format;

import dev.cooper.image.CooperException;
import java.util.Locale;

/** How the bytes of a disk are kept in a file. */
public enum Format {
  /** Byte by byte, what is zero left out as a hole. */
  RAW("raw"),
  /** QEMU's own. */
  QCOW2("qcow2"),
  /** VirtualBox's. */
  VDI("vdi"),
  /** VMware's. */
  VMDK("vmdk"),
  /** Virtual PC's and older Hyper-V's, growing. */
  VHD("vpc"),
  /** Hyper-V's, growing. */
  VHDX("vhdx");

  private final String qemuName;

  Format(String qemuName) {
    this.qemuName = qemuName;
  }

  /** What QEMU calls it. */
  public String qemuName() {
    return qemuName;
  }

  /** Whether a file of this format can hold its blocks packed like that. */
  public boolean canHold(Compression compression) {
    return switch (compression) {
      case NONE -> true;
      case ZLIB -> this == QCOW2 || this == VMDK;
      case ZSTD -> this == QCOW2;
    };
  }

  /**
   * The format of that name, in letters of either kind.
   *
   * @throws CooperException.InvalidInput when there is none
   */
  public static Format parse(String name) {
    for (Format format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new CooperException.InvalidInput(
        "\"" + name.toLowerCase(Locale.ROOT) + "\" is not a disk format",
        "one of raw, qcow2, vdi, vmdk, vhd, vhdx");
  }
}
