package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Hyper-V's format, growing, of Microsoft's [MS-VHDX]: two headers and two tables of regions, an
 * empty log, what is to be known of the disk, and a table of blocks of 1 MiB.
 */
final class VhdxFile implements DiskFile {
  private static final int MEBIBYTE = 1 << 20;
  private static final int KIBIBYTE_64 = 1 << 16;
  private static final int LOG_AT = MEBIBYTE;
  private static final int METADATA_AT = 2 * MEBIBYTE;
  private static final int TABLE_AT = 3 * MEBIBYTE;
  private static final int BLOCKS_PER_BITMAP = (int) ((1L << 32) / MEBIBYTE);
  private static final int PRESENT = 6;
  private static final int REQUIRED = 4;
  private static final int OF_DISK_AND_REQUIRED = 6;

  private static final String TABLE = "2DC27766-F623-4200-9D64-115E9BFD4A08";
  private static final String METADATA = "8B7CA206-4790-4B9A-B8FE-575F050F886E";
  private static final String PARAMETERS = "CAA16737-FA36-4D43-B3B6-33F0AA44E76B";
  private static final String DISK_SIZE = "2FA54224-CD1B-4876-B211-5DBED83BF4B8";
  private static final String DISK_ID = "BECA12AB-B2E6-4523-93EF-C309E000C746";
  private static final String LOGICAL_SECTOR = "8141BF1D-A96F-4709-BA47-F233A8FAAB5F";
  private static final String PHYSICAL_SECTOR = "CDA348C7-445D-4471-9CC9-E9885251C556";

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long size;
  private final UUID id;
  private final int tableLength;
  private final BlockTable blocks;

  VhdxFile(RandomAccessFile file, long size, UUID id) {
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    this.id = id;
    long count = Math.ceilDiv(size, MEBIBYTE);
    long entries = count + (count - 1) / BLOCKS_PER_BITMAP;
    this.tableLength = Math.toIntExact(Math.ceilDiv(entries * 8, MEBIBYTE) * MEBIBYTE);
    this.blocks = new BlockTable(channel, size, MEBIBYTE, (long) TABLE_AT + tableLength, 0);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    blocks.write(offset, data);
  }

  @Override
  public void finish() throws IOException {
    ByteBuffer type = little(KIBIBYTE_64);
    type.put(0, "vhdxfile".getBytes(StandardCharsets.US_ASCII));
    type.put(8, "Cooper".getBytes(StandardCharsets.UTF_16LE));
    BlockTable.write(channel, 0, type);
    BlockTable.write(channel, KIBIBYTE_64, header(0));
    BlockTable.write(channel, 2L * KIBIBYTE_64, header(1));
    BlockTable.write(channel, 3L * KIBIBYTE_64, regions());
    BlockTable.write(channel, 4L * KIBIBYTE_64, regions());
    BlockTable.write(channel, METADATA_AT, metadata());
    BlockTable.write(channel, TABLE_AT, table());
    file.setLength(blocks.end());
  }

  private ByteBuffer header(int sequence) {
    ByteBuffer out = little(4096);
    out.put(0, "head".getBytes(StandardCharsets.US_ASCII)).putLong(8, sequence);
    putId(out, 16, id);
    putId(out, 32, id);
    out.putShort(66, (short) 1).putInt(68, MEBIBYTE).putLong(72, LOG_AT);
    return sealed(out);
  }

  private ByteBuffer regions() {
    ByteBuffer out = little(KIBIBYTE_64);
    out.put(0, "regi".getBytes(StandardCharsets.US_ASCII)).putInt(8, 2);
    putId(out, 16, UUID.fromString(TABLE));
    out.putLong(32, TABLE_AT).putInt(40, tableLength).putInt(44, 1);
    putId(out, 48, UUID.fromString(METADATA));
    out.putLong(64, METADATA_AT).putInt(72, MEBIBYTE).putInt(76, 1);
    return sealed(out);
  }

  private ByteBuffer metadata() {
    ByteBuffer out = little(MEBIBYTE);
    out.put(0, "metadata".getBytes(StandardCharsets.US_ASCII)).putShort(10, (short) 5);
    int values = KIBIBYTE_64;
    putItem(out, 0, PARAMETERS, values, 8, REQUIRED);
    out.putInt(values, MEBIBYTE);
    putItem(out, 1, DISK_SIZE, values + 8, 8, OF_DISK_AND_REQUIRED);
    out.putLong(values + 8, size);
    putItem(out, 2, DISK_ID, values + 16, 16, OF_DISK_AND_REQUIRED);
    putId(out, values + 16, id);
    putItem(out, 3, LOGICAL_SECTOR, values + 32, 4, OF_DISK_AND_REQUIRED);
    out.putInt(values + 32, 512);
    putItem(out, 4, PHYSICAL_SECTOR, values + 36, 4, OF_DISK_AND_REQUIRED);
    out.putInt(values + 36, 4096);
    return out;
  }

  private static void putItem(
      ByteBuffer out, int index, String item, int offset, int length, int flags) {
    int at = 32 + 32 * index;
    putId(out, at, UUID.fromString(item));
    out.putInt(at + 16, offset).putInt(at + 20, length).putInt(at + 24, flags);
  }

  private ByteBuffer table() {
    ByteBuffer out = little(tableLength);
    for (int block = 0; block < blocks.blocks(); block++) {
      if (blocks.number(block) >= 0) {
        int entry = block + block / BLOCKS_PER_BITMAP;
        out.putLong(8 * entry, blocks.place(block) | PRESENT);
      }
    }
    return out;
  }

  private static ByteBuffer sealed(ByteBuffer out) {
    CRC32C crc = new CRC32C();
    crc.update(out.duplicate().clear());
    return out.putInt(4, (int) crc.getValue());
  }

  private static void putId(ByteBuffer out, int place, UUID id) {
    out.putInt(place, (int) (id.getMostSignificantBits() >>> 32));
    out.putShort(place + 4, (short) (id.getMostSignificantBits() >>> 16));
    out.putShort(place + 6, (short) id.getMostSignificantBits());
    out.putLong(place + 8, Long.reverseBytes(id.getLeastSignificantBits()));
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
