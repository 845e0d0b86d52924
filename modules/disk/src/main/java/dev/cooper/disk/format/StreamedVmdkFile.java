package dev.cooper.disk.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * VMware's format "streamOptimized", of its "Virtual Disk Format 5.0", which appliances (OVA) carry
 * their disks in: deflated grains of 64 KiB in ascending order, each behind a marker, then the
 * tables, and at the very end a copy of the header that says where they are.
 *
 * <p>File systems are not written in ascending order, so the grains lie in a file beside this one
 * until the last of them is known.
 */
final class StreamedVmdkFile implements DiskFile {
  private static final int SECTOR = VmdkDescription.SECTOR;
  private static final int GRAIN = ParallelPacker.BLOCK;
  private static final int GRAINS_PER_TABLE = 512;
  private static final int TABLE_SECTORS = GRAINS_PER_TABLE * 4 / SECTOR;
  private static final int FIRST_GRAIN_SECTOR = GRAIN / SECTOR;
  private static final int GRAIN_MARKER = 12;
  private static final int TABLE_MARKER = 1;
  private static final int DIRECTORY_MARKER = 2;
  private static final int FOOTER_MARKER = 3;
  private static final long DIRECTORY_AT_END = -1;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final FileChannel spool;
  private final long size;
  private final UUID id;
  private final ParallelPacker packer;
  private final List<Grain> grains = new ArrayList<>();
  private long spooled;

  /** A grain, marker and padding included, in the file beside. */
  private record Grain(int number, long place, int length) {}

  StreamedVmdkFile(RandomAccessFile file, Path path, long size, UUID id) throws IOException {
    this.file = file;
    this.channel = file.getChannel();
    this.size = size;
    this.id = id;
    this.spool =
        FileChannel.open(
            path.resolveSibling(path.getFileName() + ".grains"),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    this.packer =
        new ParallelPacker(
            () -> new BlockPacking.Deflate(true), (number, data, packed) -> take(number, data));
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    packer.write(offset, data);
  }

  private void take(int number, ByteBuffer data) throws IOException {
    int length = roundUp(GRAIN_MARKER + data.remaining());
    ByteBuffer out = little(length);
    out.putLong((long) number * GRAIN / SECTOR).putInt(data.remaining()).put(data);
    BlockTable.write(spool, spooled, out.clear());
    grains.add(new Grain(number, spooled, length));
    spooled += length;
  }

  @Override
  public void finish() throws IOException {
    packer.finish();
    grains.sort(Comparator.comparingInt(Grain::number));
    int tables = Math.toIntExact(Math.ceilDiv(size, (long) GRAIN * GRAINS_PER_TABLE));
    ByteBuffer directory = little(roundUp(4 * tables));
    long next = (long) FIRST_GRAIN_SECTOR * SECTOR;
    int at = 0;
    for (int table = 0; table < tables; table++) {
      int first = at;
      while (at < grains.size() && grains.get(at).number() / GRAINS_PER_TABLE == table) {
        at++;
      }
      if (at > first) {
        List<Grain> own = grains.subList(first, at);
        ByteBuffer places = little(TABLE_SECTORS * SECTOR);
        next = copy(own, next, places);
        next = mark(next, TABLE_MARKER, TABLE_SECTORS);
        directory.putInt(4 * table, (int) (next / SECTOR));
        BlockTable.write(channel, next, places);
        next += TABLE_SECTORS * SECTOR;
      }
    }
    next = mark(next, DIRECTORY_MARKER, directory.capacity() / SECTOR);
    long directorySector = next / SECTOR;
    BlockTable.write(channel, next, directory);
    next = mark(next + directory.capacity(), FOOTER_MARKER, 1);
    BlockTable.write(channel, next, header(directorySector));
    int endMarker = SECTOR;
    file.setLength(next + SECTOR + endMarker);
    BlockTable.write(channel, 0, header(DIRECTORY_AT_END));
    String words = new VmdkDescription(size, id, "streamOptimized").text();
    BlockTable.write(channel, SECTOR, ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Copies grains from the file beside, those that follow each other there in one go. */
  private long copy(List<Grain> own, long start, ByteBuffer places) throws IOException {
    long next = start;
    long runStart = own.getFirst().place();
    long runLength = 0;
    for (Grain grain : own) {
      if (grain.place() != runStart + runLength) {
        next = transfer(runStart, runLength, next);
        runStart = grain.place();
        runLength = 0;
      }
      long sector = (next + runLength) / SECTOR;
      places.putInt(4 * (grain.number() % GRAINS_PER_TABLE), (int) sector);
      runLength += grain.length();
    }
    return transfer(runStart, runLength, next);
  }

  private long transfer(long from, long length, long to) throws IOException {
    channel.position(to);
    for (long done = 0; done < length; ) {
      done += spool.transferTo(from + done, length - done, channel);
    }
    return to + length;
  }

  /** Writes the sector that says what follows, and returns where that begins. */
  private long mark(long place, int type, int sectors) throws IOException {
    BlockTable.write(channel, place, little(SECTOR).putLong(0, sectors).putInt(12, type));
    return place + SECTOR;
  }

  private ByteBuffer header(long directorySector) {
    ByteBuffer out = little(SECTOR);
    int newLineTest = 1;
    int deflatedAndMarked = 3 << 16;
    out.put(0, "KDMV".getBytes(StandardCharsets.US_ASCII)).putInt(4, 3);
    out.putInt(8, newLineTest | deflatedAndMarked);
    out.putLong(12, size / SECTOR).putLong(20, GRAIN / SECTOR);
    out.putLong(28, 1).putLong(36, VmdkDescription.SECTORS).putInt(44, GRAINS_PER_TABLE);
    out.putLong(56, directorySector).putLong(64, FIRST_GRAIN_SECTOR);
    out.put(73, "\n \r\n".getBytes(StandardCharsets.US_ASCII)).putShort(77, (short) 1);
    return out;
  }

  private static int roundUp(int bytes) {
    return Math.ceilDiv(bytes, SECTOR) * SECTOR;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    packer.close();
    try (spool) {
      file.close();
    }
  }
}
