package dev.cooper.disk.partition;

import dev.cooper.disk.BlockInput;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The partition table of a disk, whoever wrote it.
 *
 * @param scheme GPT or MBR
 * @param id the disk's UUID, or the eight digits that an MBR has
 * @param partitions by number
 */
public record FoundTable(PartitionTable.Scheme scheme, String id, List<FoundPartition> partitions) {
  private static final int SECTOR = 512;
  private static final int PROTECTIVE = 0xee;
  private static final int MOST_ENTRIES = 1024;
  private static final int MOST_LOGICAL = 100;

  private static final Map<String, String> GPT_TYPES =
      Map.of(
          "21686148-6449-6e6f-744e-656564454649", "BIOS boot",
          "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "EFI system",
          "4f68bce3-e8cd-4db1-96e7-fbcaf984b709", "Linux root (x86-64)",
          "0fc63daf-8483-4772-8e79-3d69d8477de4", "Linux",
          "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", "Linux swap",
          "e6d6d379-f507-44c2-a23c-238f2a3df928", "Linux LVM",
          "bc13c2ff-59e6-4262-a352-b275fd6f7172", "Linux extended boot",
          "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "Windows data");

  private static final Map<Integer, String> MBR_TYPES =
      Map.of(
          0x83, "Linux",
          0x82, "Linux swap",
          0x8e, "Linux LVM",
          0xef, "EFI system",
          0x0b, "FAT32",
          0x0c, "FAT32",
          0x06, "FAT16",
          0x07, "Windows data");

  public FoundTable {
    partitions = List.copyOf(partitions);
  }

  /**
   * Reads the table of a disk; empty when it has none.
   *
   * @throws CooperException.Corrupt when neither copy of a GPT is whole
   */
  public static Optional<FoundTable> of(BlockInput disk) throws IOException {
    if (disk.size() < 2 * SECTOR) {
      return Optional.empty();
    }
    ByteBuffer first = disk.bytes(0, SECTOR);
    if (first.getShort(510) != (short) 0xaa55) {
      return Optional.empty();
    }
    for (int i = 0; i < 4; i++) {
      if ((first.get(446 + 16 * i + 4) & 0xff) == PROTECTIVE) {
        Optional<FoundTable> table = gpt(disk, 1);
        if (table.isEmpty()) {
          table = gpt(disk, disk.size() / SECTOR - 1);
        }
        if (table.isEmpty()) {
          throw new CooperException.Corrupt("both copies of the GPT are damaged");
        }
        return table;
      }
    }
    return mbr(disk, first);
  }

  private static Optional<FoundTable> gpt(BlockInput disk, long sector) throws IOException {
    ByteBuffer header = disk.bytes(sector * SECTOR, SECTOR);
    int length = header.getInt(12);
    int count = header.getInt(80);
    int each = header.getInt(84);
    if (header.getLong(0) != 0x5452415020494645L || length < 92 || length > SECTOR) {
      return Optional.empty();
    }
    int crc = header.getInt(16);
    header.putInt(16, 0);
    if (crc(header.slice(0, length)) != crc || count < 0 || count > MOST_ENTRIES || each < 128) {
      return Optional.empty();
    }
    ByteBuffer entries = disk.bytes(header.getLong(72) * SECTOR, Math.multiplyExact(count, each));
    if (crc(entries.duplicate()) != header.getInt(88)) {
      return Optional.empty();
    }
    List<FoundPartition> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer entry = entries.slice(i * each, each).order(ByteOrder.LITTLE_ENDIAN);
      if (entry.getLong(0) == 0 && entry.getLong(8) == 0) {
        continue;
      }
      String type = id(entry, 0).toString();
      byte[] name = new byte[72];
      entry.get(56, name);
      String text = new String(name, StandardCharsets.UTF_16LE);
      int end = text.indexOf(0);
      found.add(
          new FoundPartition(
              i + 1,
              GPT_TYPES.getOrDefault(type, type),
              entry.getLong(32) * SECTOR,
              (entry.getLong(40) - entry.getLong(32) + 1) * SECTOR,
              id(entry, 16).toString(),
              end < 0 ? text : text.substring(0, end)));
    }
    String id = id(header, 56).toString();
    return Optional.of(new FoundTable(PartitionTable.Scheme.GPT, id, found));
  }

  private static Optional<FoundTable> mbr(BlockInput disk, ByteBuffer first) throws IOException {
    List<FoundPartition> found = new ArrayList<>();
    long extended = 0;
    for (int i = 0; i < 4; i++) {
      int at = 446 + 16 * i;
      int type = first.get(at + 4) & 0xff;
      int flags = first.get(at) & 0x7f;
      if (flags != 0) {
        // No table: the boot sector of a file system has the same mark at its end.
        return Optional.empty();
      }
      if (isExtended(type)) {
        extended = Integer.toUnsignedLong(first.getInt(at + 8));
      } else if (type != 0) {
        found.add(partition(i + 1, type, first, at, 0));
      }
    }
    long next = extended;
    for (int number = 5; next != 0 && number < MOST_LOGICAL; number++) {
      ByteBuffer sector = disk.bytes(next * SECTOR, SECTOR);
      int type = sector.get(450) & 0xff;
      if (type != 0) {
        found.add(partition(number, type, sector, 446, next));
      }
      long following = Integer.toUnsignedLong(sector.getInt(462 + 8));
      next = isExtended(sector.get(466) & 0xff) ? extended + following : 0;
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String id = "%08x".formatted(first.getInt(440));
    return Optional.of(new FoundTable(PartitionTable.Scheme.MBR, id, found));
  }

  private static boolean isExtended(int type) {
    return type == 0x05 || type == 0x0f || type == 0x85;
  }

  private static FoundPartition partition(int number, int type, ByteBuffer in, int at, long base) {
    long start = base + Integer.toUnsignedLong(in.getInt(at + 8));
    long size = Integer.toUnsignedLong(in.getInt(at + 12));
    String words = MBR_TYPES.getOrDefault(type, "%02x".formatted(type).toLowerCase(Locale.ROOT));
    return new FoundPartition(number, words, start * SECTOR, size * SECTOR, "", "");
  }

  private static UUID id(ByteBuffer in, int at) {
    long high =
        (long) in.getInt(at) << 32
            | Short.toUnsignedLong(in.getShort(at + 4)) << 16
            | Short.toUnsignedLong(in.getShort(at + 6));
    return new UUID(high, Long.reverseBytes(in.getLong(at + 8)));
  }

  private static int crc(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
