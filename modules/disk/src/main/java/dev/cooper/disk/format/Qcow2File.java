package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/** QEMU's format: clusters of the disk in the order in which they were first written to. */
final class Qcow2File implements DiskFile {
  private final RandomAccessFile file;
  private final long size;
  private final BlockTable blocks;

  Qcow2File(RandomAccessFile file, long size) {
    this.file = file;
    this.size = size;
    int cluster = Qcow2Tables.CLUSTER;
    this.blocks = new BlockTable(file.getChannel(), size, cluster, cluster, 0);
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    blocks.write(offset, data);
  }

  @Override
  public void finish() throws IOException {
    new Qcow2Tables(file, size)
        .write(
            blocks.end(),
            block -> blocks.number(block) < 0 ? 0 : blocks.place(block) | Qcow2Tables.USED_ONCE,
            cluster -> 1);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
