package dev.cooper.disk.format;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads VMware's formats that are one file: "monolithicSparse" and "streamOptimized". */
final class VmdkInput extends DiskInput {
  private static final int SECTOR = 512;
  private static final long AT_END = -1;
  private static final int DEFLATED_FLAG = 1 << 16;
  private static final int GRAIN_MARKER = 12;
  private static final int FOOTER_FROM_END = 1024;

  private final ByteBuffer directory;
  private final int perTable;
  private final boolean deflated;
  private ByteBuffer table = ByteBuffer.allocate(0);
  private long tableAt = -1;

  private VmdkInput(
      FileChannel channel,
      long size,
      int grain,
      ByteBuffer directory,
      int perTable,
      boolean deflated) {
    super(Format.VMDK, channel, size, grain);
    this.directory = directory;
    this.perTable = perTable;
    this.deflated = deflated;
  }

  static VmdkInput of(FileChannel channel) throws IOException {
    ByteBuffer header = at(channel, 0, SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getLong(56) == AT_END) {
      header = at(channel, channel.size() - FOOTER_FROM_END, SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    }
    long sectors = header.getLong(12);
    long grain = header.getLong(20);
    int perTable = header.getInt(44);
    if (grain < 1 || grain > 1 << 16 || perTable < 1 || perTable > 1 << 16 || sectors < 0) {
      throw new CooperException.Corrupt("damaged VMDK header");
    }
    long tables = Math.ceilDiv(sectors, grain * perTable);
    if (tables > 1 << 26) {
      throw new CooperException.Corrupt("damaged VMDK header");
    }
    ByteBuffer directory =
        at(channel, header.getLong(56) * SECTOR, (int) tables * 4).order(ByteOrder.LITTLE_ENDIAN);
    boolean deflated = (header.getInt(8) & DEFLATED_FLAG) != 0;
    return new VmdkInput(
        channel, sectors * SECTOR, (int) grain * SECTOR, directory, perTable, deflated);
  }

  private long sector(long grain) throws IOException {
    long at = Integer.toUnsignedLong(directory.getInt((int) (grain / perTable) * 4)) * SECTOR;
    if (at == 0) {
      return 0;
    }
    if (at != tableAt) {
      table = at(channel, at, perTable * 4).order(ByteOrder.LITTLE_ENDIAN);
      tableAt = at;
    }
    long sector = Integer.toUnsignedLong(table.getInt((int) (grain % perTable) * 4));
    boolean isZero = sector <= 1;
    return isZero ? 0 : sector;
  }

  @Override
  long place(long grain) throws IOException {
    long sector = sector(grain);
    if (sector == 0) {
      return HOLE;
    }
    return deflated ? DEFLATED : sector * SECTOR;
  }

  @Override
  byte[] inflate(long grain) throws IOException {
    long place = sector(grain) * SECTOR;
    int length = at(channel, place, GRAIN_MARKER).order(ByteOrder.LITTLE_ENDIAN).getInt(8);
    if (length < 0 || length > 2 * blockSize()) {
      throw new CooperException.Corrupt("a grain of " + length + " bytes");
    }
    return inflate(place + GRAIN_MARKER, length, false);
  }
}
