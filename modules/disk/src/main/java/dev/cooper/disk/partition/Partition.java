package dev.cooper.disk.partition;

import java.util.UUID;

/**
 * One partition.
 *
 * @param number its place in the table, from 1
 * @param start its first byte on the disk, a multiple of 512
 * @param size in bytes, a multiple of 512
 * @param id its own UUID; an MBR has none
 */
public record Partition(int number, Kind kind, long start, long size, UUID id, String name) {
  static final int SECTOR = 512;

  /** What a partition is for. */
  public enum Kind {
    /** Holds what a BIOS loader has no other place for. */
    BIOS_BOOT("21686148-6449-6e6f-744e-656564454649", 0xef),
    /** A FAT file system that UEFI firmware starts from. */
    EFI_SYSTEM("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", 0xef),
    /** The root file system of an x86-64 Linux. */
    LINUX_ROOT("4f68bce3-e8cd-4db1-96e7-fbcaf984b709", 0x83),
    LINUX_SWAP("0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", 0x82);

    final UUID type;
    final int mbrType;

    Kind(String type, int mbrType) {
      this.type = UUID.fromString(type);
      this.mbrType = mbrType;
    }
  }

  public Partition {
    if (number < 1 || start % SECTOR != 0 || size % SECTOR != 0 || start <= 0 || size <= 0) {
      throw new IllegalArgumentException(
          "partition " + number + " at " + start + " of " + size + " bytes");
    }
  }

  long firstSector() {
    return start / SECTOR;
  }

  long lastSector() {
    return (start + size) / SECTOR - 1;
  }
}
