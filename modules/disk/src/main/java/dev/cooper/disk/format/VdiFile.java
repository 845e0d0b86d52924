package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** VirtualBox's format, version 1.1, growing: a header, and a table of blocks of 1 MiB. */
final class VdiFile implements DiskFile {
  private static final int BLOCK = 1 << 20;
  private static final int HEADER = 512;
  private static final int GROWING = 1;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long size;
  private final UUID id;
  private final BlockTable blocks;
  private final int dataAt;

  VdiFile(RandomAccessFile file, long size, UUID id) {
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    this.id = id;
    int tableEnd = HEADER + Math.toIntExact(Math.ceilDiv(size, BLOCK)) * 4;
    this.dataAt = Math.ceilDiv(tableEnd, BLOCK) * BLOCK;
    this.blocks = new BlockTable(channel, size, BLOCK, dataAt, 0);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    blocks.write(offset, data);
  }

  @Override
  public void finish() throws IOException {
    ByteBuffer out = ByteBuffer.allocate(dataAt).order(ByteOrder.LITTLE_ENDIAN);
    out.put(0, "<<< Oracle VM VirtualBox Disk Image >>>\n".getBytes(StandardCharsets.US_ASCII));
    out.putInt(64, 0xbeda107f).putInt(68, 0x00010001);
    out.putInt(72, 400).putInt(76, GROWING);
    out.putInt(340, HEADER).putInt(344, dataAt).putInt(360, 512);
    out.putLong(368, size).putInt(376, BLOCK);
    out.putInt(384, blocks.blocks()).putInt(388, blocks.count());
    // VirtualBox wants a second identity that changes with the contents: here they never change.
    putId(out, 392, id);
    putId(out, 408, UUID.nameUUIDFromBytes(id.toString().getBytes(StandardCharsets.US_ASCII)));
    for (int block = 0; block < blocks.blocks(); block++) {
      out.putInt(HEADER + 4 * block, blocks.number(block));
    }
    BlockTable.write(channel, 0, out);
    file.setLength(blocks.end());
  }

  private static void putId(ByteBuffer out, int place, UUID id) {
    out.putInt(place, (int) (id.getMostSignificantBits() >>> 32));
    out.putShort(place + 4, (short) (id.getMostSignificantBits() >>> 16));
    out.putShort(place + 6, (short) id.getMostSignificantBits());
    out.putLong(place + 8, Long.reverseBytes(id.getLeastSignificantBits()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
