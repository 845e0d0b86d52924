package dev.cooper.disk.format;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Reads Virtual PC's format, growing or of full length. */
final class VhdInput extends DiskInput {
  private static final int SECTOR = 512;
  private static final int FIXED = 2;
  private static final int GROWING = 3;

  private final ByteBuffer table;
  private final int bitmap;

  private VhdInput(FileChannel channel, long size, int block, ByteBuffer table) {
    super(Format.VHD, channel, size, block);
    this.table = table;
    // One bit a sector, in whole sectors, before each block.
    this.bitmap = Math.ceilDiv(block / SECTOR / 8, SECTOR) * SECTOR;
  }

  static boolean isVhd(FileChannel channel) throws IOException {
    if (channel.size() < SECTOR) {
      return false;
    }
    ByteBuffer footer = at(channel, channel.size() - SECTOR, SECTOR);
    return new String(footer.array(), 0, 8, StandardCharsets.ISO_8859_1).equals("conectix");
  }

  static DiskInput of(FileChannel channel) throws IOException {
    ByteBuffer footer = at(channel, channel.size() - SECTOR, SECTOR);
    long size = footer.getLong(48);
    int kind = footer.getInt(60);
    if (kind == FIXED) {
      return new DiskInput(Format.VHD, channel, Math.min(size, channel.size() - SECTOR), 1 << 20) {
        @Override
        long place(long block) {
          return block << 20;
        }
      };
    }
    if (kind != GROWING) {
      throw refused("the disk is a difference to another");
    }
    ByteBuffer header = at(channel, footer.getLong(16), 1024);
    int entries = header.getInt(28);
    int block = header.getInt(32);
    if (entries < 0 || entries > 1 << 24 || block < SECTOR || (long) entries * block < size) {
      throw new CooperException.Corrupt("damaged VHD header");
    }
    return new VhdInput(channel, size, block, at(channel, header.getLong(16), entries * 4));
  }

  @Override
  long place(long block) {
    int sector = table.getInt((int) block * 4);
    return sector == -1 ? HOLE : Integer.toUnsignedLong(sector) * SECTOR + bitmap;
  }
}
