package dev.cooper.disk;

import dev.cooper.disk.partition.Partition;
import dev.cooper.disk.partition.PartitionTable;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.image.CooperException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the partitions of a disk lie. The root file system is partition 1 and the last on the disk,
 * so that it can grow; the others have the numbers that Debian's cloud images give them.
 *
 * @param bios where BIOS finds the second part of its loader
 * @param efi the partition that UEFI starts from
 */
record DiskLayout(
    PartitionTable table,
    long size,
    Partition root,
    Optional<Partition> bios,
    Optional<Partition> efi,
    Optional<Partition> swap) {
  private static final int SECTOR = 512;
  private static final long MEBIBYTE = PartitionTable.ALIGNMENT;
  private static final long FIRST_FREE = 34 * SECTOR;

  /** Large enough for FAT32, which firmware is sure to read. */
  private static final long EFI_SIZE = 40 * MEBIBYTE;

  /** How many bytes of a disk of the size that the options ask for are left for the root. */
  static long rootRoom(DiskOptions options) {
    long whole = options.size() / MEBIBYTE * MEBIBYTE;
    long room = whole - rootStart(options) - end(options);
    if (room <= 0) {
      throw new CooperException.InvalidInput(
          "a disk of %d MiB is too small: its other partitions alone take %d MiB"
              .formatted(options.size() / MEBIBYTE, rootStart(options) / MEBIBYTE),
          "without --size the disk is as large as it must be, and some room");
    }
    return room / SECTOR * SECTOR;
  }

  /** The layout for a root file system of that size. */
  static DiskLayout of(DiskOptions options, long rootSize) {
    boolean gpt = options.table() == Scheme.GPT;
    List<Partition> all = new ArrayList<>();
    Optional<Partition> bios = Optional.empty();
    Optional<Partition> efi = Optional.empty();
    Optional<Partition> swap = Optional.empty();
    if (gpt && options.firmware().hasBios()) {
      bios =
          Optional.of(
              partition(options, 14, Partition.Kind.BIOS_BOOT, FIRST_FREE, MEBIBYTE - FIRST_FREE));
    }
    long next = MEBIBYTE;
    if (options.firmware().hasUefi()) {
      efi =
          Optional.of(partition(options, gpt ? 15 : 2, Partition.Kind.EFI_SYSTEM, next, EFI_SIZE));
      next += EFI_SIZE;
    }
    if (options.swap() > 0) {
      long size = roundUp(options.swap());
      swap = Optional.of(partition(options, gpt ? 2 : 3, Partition.Kind.LINUX_SWAP, next, size));
      next += size;
    }
    Partition root = partition(options, 1, Partition.Kind.LINUX_ROOT, next, rootSize);
    bios.ifPresent(all::add);
    efi.ifPresent(all::add);
    swap.ifPresent(all::add);
    all.add(root);
    long size = roundUp(next + rootSize + end(options));
    long whole = options.size() / MEBIBYTE * MEBIBYTE;
    PartitionTable table =
        new PartitionTable(options.table(), id(options, "disk"), List.copyOf(all));
    return new DiskLayout(table, Math.max(size, whole), root, bios, efi, swap);
  }

  /** How the kernel's {@code root=} names the root partition. */
  String rootPartition() {
    return table.scheme() == Scheme.GPT
        ? "PARTUUID=" + root.id()
        : "PARTUUID=%08x-01".formatted((int) (table.id().getMostSignificantBits() >>> 32));
  }

  /** A UUID that follows from the disk's identity and what it is for. */
  static UUID id(DiskOptions options, String purpose) {
    return UUID.nameUUIDFromBytes(
        (options.identity() + " " + purpose).getBytes(StandardCharsets.UTF_8));
  }

  private static Partition partition(
      DiskOptions options, int number, Partition.Kind kind, long start, long size) {
    String name =
        switch (kind) {
          case BIOS_BOOT -> "bios";
          case EFI_SYSTEM -> "efi";
          case LINUX_ROOT -> "root";
          case LINUX_SWAP -> "swap";
        };
    return new Partition(number, kind, start, size, id(options, "partition " + name), name);
  }

  private static long rootStart(DiskOptions options) {
    long efi = options.firmware().hasUefi() ? EFI_SIZE : 0;
    return MEBIBYTE + efi + roundUp(options.swap());
  }

  private static long end(DiskOptions options) {
    return options.table() == Scheme.GPT ? PartitionTable.END : 0;
  }

  private static long roundUp(long bytes) {
    return Math.ceilDiv(bytes, MEBIBYTE) * MEBIBYTE;
  }
}
