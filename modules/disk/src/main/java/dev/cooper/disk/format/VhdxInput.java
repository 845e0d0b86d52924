package dev.cooper.disk.format;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads Hyper-V's format. */
final class VhdxInput extends DiskInput {
  private static final int KIBIBYTE_64 = 64 << 10;
  private static final int REGIONS_AT = 3 * KIBIBYTE_64;
  private static final int TABLE = 0x2dc27766;
  private static final int METADATA = 0x8b7ca206;
  private static final int PARAMETERS = 0xcaa16737;
  private static final int DISK_SIZE = 0x2fa54224;
  private static final int LOGICAL_SECTOR = 0x8141bf1d;
  private static final int HAS_PARENT = 2;
  private static final int STATE = 7;
  private static final int PRESENT = 6;
  private static final int PARTLY_PRESENT = 7;
  private static final long SECTORS_PER_BITMAP = 1 << 23;

  private final ByteBuffer table;
  private final long blocksPerBitmap;

  private VhdxInput(
      FileChannel channel, long size, int block, ByteBuffer table, long blocksPerBitmap) {
    super(Format.VHDX, channel, size, block);
    this.table = table;
    this.blocksPerBitmap = blocksPerBitmap;
  }

  static VhdxInput of(FileChannel channel) throws IOException {
    ByteBuffer regions = little(channel, REGIONS_AT, KIBIBYTE_64);
    int tableEntry = find(regions, 16, 32, regions.getInt(8), TABLE);
    int metadataEntry = find(regions, 16, 32, regions.getInt(8), METADATA);
    long metadataAt = regions.getLong(metadataEntry + 16);
    ByteBuffer items = little(channel, metadataAt, KIBIBYTE_64);
    int count = items.getShort(10);
    long parameters = metadataAt + items.getInt(find(items, 32, 32, count, PARAMETERS) + 16);
    long sizeAt = metadataAt + items.getInt(find(items, 32, 32, count, DISK_SIZE) + 16);
    long sectorAt = metadataAt + items.getInt(find(items, 32, 32, count, LOGICAL_SECTOR) + 16);
    ByteBuffer values = little(channel, parameters, 8);
    if ((values.getInt(4) & HAS_PARENT) != 0) {
      throw refused("the disk is a difference to another");
    }
    int block = values.getInt(0);
    long sector = little(channel, sectorAt, 4).getInt(0);
    if (block < 1 << 20 || sector < 512 || sector > 4096) {
      throw new CooperException.Corrupt("damaged VHDX metadata");
    }
    ByteBuffer table =
        little(channel, regions.getLong(tableEntry + 16), regions.getInt(tableEntry + 24));
    return new VhdxInput(
        channel,
        little(channel, sizeAt, 8).getLong(0),
        block,
        table,
        SECTORS_PER_BITMAP * sector / block);
  }

  /** The entry whose GUID begins with a number. */
  private static int find(ByteBuffer in, int start, int each, int count, int wanted) {
    for (int at = start; at < start + each * count && at + each <= in.capacity(); at += each) {
      if (in.getInt(at) == wanted) {
        return at;
      }
    }
    throw new CooperException.Corrupt("a table of this VHDX disk is missing");
  }

  private static ByteBuffer little(FileChannel channel, long place, int length) throws IOException {
    return at(channel, place, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  long place(long block) {
    long entry = block + block / blocksPerBitmap;
    if (entry * 8 + 8 > table.capacity()) {
      throw new CooperException.Corrupt("the table of blocks ends early");
    }
    long value = table.getLong((int) entry * 8);
    return switch ((int) (value & STATE)) {
      case PRESENT -> value >>> 20 << 20;
      case PARTLY_PRESENT -> throw refused("the disk is a difference to another");
      default -> HOLE;
    };
  }
}
