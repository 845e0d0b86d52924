package dev.cooper.disk.format;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Virtual PC's format, growing, of Microsoft's "Virtual Hard Disk Image Format Specification" 1.0:
 * a footer, of which a copy comes first, a header, and a table of blocks of 2 MiB, each behind a
 * bitmap of its sectors. All numbers are big-endian.
 */
final class VhdFile implements DiskFile {
  private static final int SECTOR = 512;
  private static final int BLOCK = 2 << 20;
  private static final int TABLE_AT = 1536;
  private static final int GROWING = 3;
  private static final long LARGEST = 2040L << 30;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long size;
  private final UUID id;
  private final BlockTable blocks;

  VhdFile(RandomAccessFile file, long size, UUID id) {
    if (size > LARGEST) {
      throw new CooperException.InvalidInput(
          "a disk of " + size + " bytes is too large for VHD: 2040 GiB", "use vhdx");
    }
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    this.id = id;
    int table = Math.toIntExact(Math.ceilDiv(size, BLOCK)) * 4;
    int dataAt = TABLE_AT + Math.ceilDiv(table, SECTOR) * SECTOR;
    this.blocks = new BlockTable(channel, size, BLOCK, dataAt, SECTOR);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    blocks.write(offset, data);
  }

  @Override
  public void finish() throws IOException {
    ByteBuffer footer = footer();
    BlockTable.write(channel, 0, footer.duplicate());
    BlockTable.write(channel, SECTOR, header());
    int entries = Math.ceilDiv(blocks.blocks() * 4, SECTOR) * SECTOR;
    ByteBuffer table = ByteBuffer.allocate(entries);
    ByteBuffer bitmap = ByteBuffer.allocate(SECTOR);
    java.util.Arrays.fill(bitmap.array(), (byte) -1);
    for (int i = 0; i < entries / 4; i++) {
      boolean placed = i < blocks.blocks() && blocks.number(i) >= 0;
      table.putInt(4 * i, placed ? (int) ((blocks.place(i) - SECTOR) / SECTOR) : -1);
      if (placed) {
        BlockTable.write(channel, blocks.place(i) - SECTOR, bitmap.duplicate());
      }
    }
    BlockTable.write(channel, TABLE_AT, table);
    BlockTable.write(channel, blocks.end(), footer);
    file.setLength(blocks.end() + SECTOR);
  }

  private ByteBuffer footer() {
    ByteBuffer out = ByteBuffer.allocate(SECTOR);
    out.put(0, ascii("conectix")).putInt(8, 2).putInt(12, 0x10000).putLong(16, SECTOR);
    // Readers take the size from the geometry below unless a creator known to be exact wrote it.
    out.put(28, ascii("win ")).putInt(32, 0x000a0000).put(36, ascii("Wi2k"));
    out.putLong(40, size).putLong(48, size);
    out.putInt(56, geometry()).putInt(60, GROWING);
    out.putLong(68, id.getMostSignificantBits()).putLong(76, id.getLeastSignificantBits());
    out.putInt(64, checksum(out));
    return out;
  }

  private ByteBuffer header() {
    ByteBuffer out = ByteBuffer.allocate(1024);
    out.put(0, ascii("cxsparse")).putLong(8, -1).putLong(16, TABLE_AT);
    out.putInt(24, 0x10000).putInt(28, blocks.blocks()).putInt(32, BLOCK);
    out.putInt(36, checksum(out));
    return out;
  }

  /** Cylinders, heads and sectors, by the specification's appendix for disks of this size. */
  private int geometry() {
    long sectors = Math.min(size / SECTOR, 65_535L * 16 * 255);
    int perTrack;
    int heads;
    long cylindersTimesHeads;
    if (sectors >= 65_535L * 16 * 63) {
      perTrack = 255;
      heads = 16;
      cylindersTimesHeads = sectors / perTrack;
    } else {
      perTrack = 17;
      cylindersTimesHeads = sectors / perTrack;
      heads = Math.max(4, (int) ((cylindersTimesHeads + 1023) / 1024));
      if (cylindersTimesHeads >= heads * 1024L || heads > 16) {
        perTrack = 31;
        heads = 16;
        cylindersTimesHeads = sectors / perTrack;
      }
      if (cylindersTimesHeads >= heads * 1024L) {
        perTrack = 63;
        heads = 16;
        cylindersTimesHeads = sectors / perTrack;
      }
    }
    return (int) (cylindersTimesHeads / heads) << 16 | heads << 8 | perTrack;
  }

  private static int checksum(ByteBuffer bytes) {
    int sum = 0;
    for (byte each : bytes.array()) {
      sum += each & 0xff;
    }
    return ~sum;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
