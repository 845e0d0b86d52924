package dev.cooper.disk.format;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads VirtualBox's format, growing or of full length. */
final class VdiInput extends DiskInput {
  private static final int DIFFERENCE = 4;

  private final ByteBuffer table;
  private final long data;

  private VdiInput(FileChannel channel, long size, int block, ByteBuffer table, long data) {
    super(Format.VDI, channel, size, block);
    this.table = table;
    this.data = data;
  }

  static VdiInput of(FileChannel channel) throws IOException {
    ByteBuffer header = at(channel, 0, 512).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(76) == DIFFERENCE) {
      throw refused("the disk is a difference to another");
    }
    int blocks = header.getInt(384);
    if (blocks < 0 || blocks > 1 << 28) {
      throw new CooperException.Corrupt("damaged VDI header");
    }
    long tableAt = Integer.toUnsignedLong(header.getInt(340));
    ByteBuffer table = at(channel, tableAt, blocks * 4).order(ByteOrder.LITTLE_ENDIAN);
    long data = Integer.toUnsignedLong(header.getInt(344));
    return new VdiInput(channel, header.getLong(368), header.getInt(376), table, data);
  }

  @Override
  long place(long block) {
    int number = block * 4 < table.capacity() ? table.getInt((int) block * 4) : -1;
    return number < 0 ? HOLE : data + (long) number * blockSize();
  }
}
