package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * VMware's format "monolithicSparse", of its "Virtual Disk Format 5.0": a header, a description in
 * words, a directory of tables twice, and grains of 64 KiB. Places are counted in sectors.
 */
final class VmdkFile implements DiskFile {
  private static final int SECTOR = 512;
  private static final int GRAIN = 1 << 16;
  private static final int GRAINS_PER_TABLE = 512;
  private static final int TABLE_SECTORS = GRAINS_PER_TABLE * 4 / SECTOR;
  private static final int COPIES = 2;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long size;
  private final UUID id;
  private final int tables;
  private final int directorySectors;
  private final BlockTable blocks;
  private final int overhead;

  VmdkFile(RandomAccessFile file, long size, UUID id) {
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    this.id = id;
    this.tables = Math.toIntExact(Math.ceilDiv(size, (long) GRAIN * GRAINS_PER_TABLE));
    this.directorySectors = Math.ceilDiv(tables * 4, SECTOR);
    int used = 1 + VmdkDescription.SECTORS + COPIES * (directorySectors + tables * TABLE_SECTORS);
    int grainSectors = GRAIN / SECTOR;
    this.overhead = Math.ceilDiv(used, grainSectors) * grainSectors;
    this.blocks = new BlockTable(channel, size, GRAIN, (long) overhead * SECTOR, 0);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    blocks.write(offset, data);
  }

  @Override
  public void finish() throws IOException {
    ByteBuffer out = ByteBuffer.allocate(overhead * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    int first = 1 + VmdkDescription.SECTORS;
    int second = first + directorySectors + tables * TABLE_SECTORS;
    int newLineTestAndSecondDirectory = 3;
    out.put(0, "KDMV".getBytes(StandardCharsets.US_ASCII)).putInt(4, 1);
    out.putInt(8, newLineTestAndSecondDirectory);
    out.putLong(12, size / SECTOR).putLong(20, GRAIN / SECTOR);
    out.putLong(28, 1).putLong(36, VmdkDescription.SECTORS).putInt(44, GRAINS_PER_TABLE);
    out.putLong(48, first).putLong(56, second).putLong(64, overhead);
    out.put(73, "\n \r\n".getBytes(StandardCharsets.US_ASCII));
    out.put(
        SECTOR,
        new VmdkDescription(size, id, "monolithicSparse")
            .text()
            .getBytes(StandardCharsets.US_ASCII));
    putDirectory(out, first);
    putDirectory(out, second);
    BlockTable.write(channel, 0, out);
    file.setLength(blocks.end());
  }

  private void putDirectory(ByteBuffer out, int sector) {
    int tableSector = sector + directorySectors;
    for (int table = 0; table < tables; table++) {
      out.putInt(sector * SECTOR + 4 * table, tableSector + table * TABLE_SECTORS);
    }
    for (int block = 0; block < blocks.blocks(); block++) {
      if (blocks.number(block) >= 0) {
        out.putInt(tableSector * SECTOR + 4 * block, (int) (blocks.place(block) / SECTOR));
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
