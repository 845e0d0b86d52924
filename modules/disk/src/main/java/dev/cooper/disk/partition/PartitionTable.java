package dev.cooper.disk.partition;

import dev.cooper.disk.BlockOutput;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Says where the partitions of a disk are.
 *
 * @param scheme how it is written
 * @param id the disk's UUID; an MBR keeps the first four bytes of it
 * @param partitions by ascending start; they do not overlap
 */
public record PartitionTable(Scheme scheme, UUID id, List<Partition> partitions) {
  /** The kinds of tables. */
  public enum Scheme {
    /** Two copies, at the disk's start and its end, behind an MBR that says "all taken". */
    GPT,
    /** Four entries in the first sector; the first 2 TiB of a disk. */
    MBR
  }

  /** Where the first partition may begin, and what all but small ones are aligned to: 1 MiB. */
  public static final long ALIGNMENT = 1 << 20;

  /** What GPT needs after the last partition, in bytes. */
  public static final long END = 33 * 512;

  private static final int SECTOR = Partition.SECTOR;
  private static final int ENTRIES = 128;
  private static final int ENTRY = 128;
  private static final int ENTRY_SECTORS = ENTRIES * ENTRY / SECTOR;
  private static final int HEADER = 92;
  private static final int PROTECTIVE = 0xee;

  public PartitionTable {
    partitions = List.copyOf(partitions);
    long end = 0;
    for (Partition partition : partitions) {
      if (partition.start() < end) {
        throw new IllegalArgumentException("partition " + partition.number() + " overlaps");
      }
      end = partition.start() + partition.size();
    }
  }

  /**
   * Writes the table.
   *
   * @param size of the whole disk in bytes, a multiple of 512
   * @param bootCode what BIOS runs: up to 440 bytes
   * @throws CooperException.InvalidInput when an MBR cannot say where a partition is
   */
  public void write(BlockOutput output, long size, byte[] bootCode) throws IOException {
    if (bootCode.length > 440) {
      throw new IllegalArgumentException("boot code of " + bootCode.length + " bytes");
    }
    long sectors = size / SECTOR;
    ByteBuffer first = little(SECTOR).put(0, bootCode);
    first.putShort(510, (short) 0xaa55);
    switch (scheme) {
      case GPT -> {
        // A BIOS that boots only disks with an active partition finds it in the protective entry.
        long covered = Math.min(sectors - 1, 0xffffffffL);
        putMbrEntry(first, 0, PROTECTIVE, 1, covered, bootCode.length > 0);
        output.write(0, first);
        writeGpt(output, sectors);
      }
      case MBR -> {
        first.putInt(440, (int) (id.getMostSignificantBits() >>> 32));
        for (Partition partition : partitions) {
          if (partition.lastSector() >>> 32 != 0 || partition.number() > 4) {
            throw new CooperException.InvalidInput(
                "an MBR holds four partitions in the first 2 TiB", "use GPT, the default");
          }
          putMbrEntry(
              first,
              partition.number() - 1,
              partition.kind().mbrType,
              partition.firstSector(),
              partition.size() / SECTOR,
              partition.kind() == Partition.Kind.LINUX_ROOT);
        }
        output.write(0, first);
      }
    }
  }

  private static void putMbrEntry(
      ByteBuffer out, int index, int type, long first, long count, boolean active) {
    int at = 446 + 16 * index;
    // Cylinders, heads and sectors say nothing any more: these stand for "beyond their range".
    out.put(at, (byte) (active ? 0x80 : 0));
    out.put(at + 1, (byte) 0xfe).put(at + 2, (byte) 0xff).put(at + 3, (byte) 0xff);
    out.put(at + 4, (byte) type);
    out.put(at + 5, (byte) 0xfe).put(at + 6, (byte) 0xff).put(at + 7, (byte) 0xff);
    out.putInt(at + 8, (int) first).putInt(at + 12, (int) count);
    if (type == PROTECTIVE) {
      out.put(at + 1, (byte) 0).put(at + 2, (byte) 2).put(at + 3, (byte) 0);
    }
  }

  private void writeGpt(BlockOutput output, long sectors) throws IOException {
    ByteBuffer entries = little(ENTRIES * ENTRY);
    for (Partition partition : partitions) {
      putGptEntry(entries.position((partition.number() - 1) * ENTRY), partition);
    }
    entries.clear();
    long last = sectors - 1;
    output.write(2L * SECTOR, entries.duplicate());
    output.write((last - ENTRY_SECTORS) * SECTOR, entries.duplicate());
    output.write(SECTOR, header(1, last, 2, sectors, entries));
    output.write(last * SECTOR, header(last, 1, last - ENTRY_SECTORS, sectors, entries));
  }

  private ByteBuffer header(
      long own, long other, long entriesAt, long sectors, ByteBuffer entries) {
    ByteBuffer out = little(SECTOR);
    out.put(0, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    out.putInt(8, 0x10000).putInt(12, HEADER);
    out.putLong(24, own).putLong(32, other);
    out.putLong(40, 2 + ENTRY_SECTORS).putLong(48, sectors - 2 - ENTRY_SECTORS);
    putId(out.position(56), id);
    out.putLong(72, entriesAt).putInt(80, ENTRIES).putInt(84, ENTRY);
    out.putInt(88, crc(entries.duplicate()));
    out.putInt(16, crc(out.slice(0, HEADER)));
    return out.clear();
  }

  private static void putGptEntry(ByteBuffer out, Partition partition) {
    int start = out.position();
    putId(out, partition.kind().type);
    putId(out, partition.id());
    out.putLong(partition.firstSector()).putLong(partition.lastSector()).putLong(0);
    byte[] name = partition.name().getBytes(StandardCharsets.UTF_16LE);
    out.put(name, 0, Math.min(name.length, 72));
    out.position(start);
  }

  /** A GUID as UEFI stores it: the first three fields little-endian, the rest as they are. */
  private static void putId(ByteBuffer out, UUID id) {
    long high = id.getMostSignificantBits();
    out.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    out.putLong(Long.reverseBytes(id.getLeastSignificantBits()));
  }

  private static int crc(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
