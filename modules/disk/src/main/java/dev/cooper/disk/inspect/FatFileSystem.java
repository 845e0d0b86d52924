package dev.cooper.disk.inspect;

import dev.cooper.disk.BlockInput;
import dev.cooper.disk.Node;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads FAT12, FAT16 and FAT32 with long names, as Microsoft's "FAT: General Overview of On-Disk
 * Format" describes them. Files are root's, with mode 0755 as mount would show them; times are
 * taken for UTC.
 */
final class FatFileSystem implements FileSystem {
  private static final int ENTRY = 32;
  private static final int LONG_NAME = 0x0f;
  private static final int LABEL = 0x08;
  private static final int DIRECTORY = 0x10;
  private static final int FREE = 0xe5;
  private static final int FEWEST_FOR_16 = 4085;
  private static final int FEWEST_FOR_32 = 65_525;

  private final BlockInput input;
  private final ByteBuffer boot;
  private final int clusterSize;
  private final long data;
  private final int clusters;
  private final ByteBuffer table;
  private final int bits;
  private final byte[] seen;

  private FatFileSystem(BlockInput input) throws IOException {
    this.input = input;
    this.boot = input.bytes(0, 512);
    int sector = sectorSize(boot);
    this.clusterSize = sector * (boot.get(13) & 0xff);
    int reserved = boot.getShort(14) & 0xffff;
    int tables = boot.get(16) & 0xff;
    long perTable =
        boot.getShort(22) != 0
            ? boot.getShort(22) & 0xffff
            : Integer.toUnsignedLong(boot.getInt(36));
    int rootBytes = (boot.getShort(17) & 0xffff) * ENTRY;
    long sectors =
        boot.getShort(19) != 0
            ? boot.getShort(19) & 0xffff
            : Integer.toUnsignedLong(boot.getInt(32));
    this.data = (reserved + tables * perTable) * sector + roundUp(rootBytes, sector);
    if (clusterSize == 0 || sectors * sector < data || perTable * sector > 1 << 28) {
      throw new CooperException.Corrupt("a damaged FAT boot sector");
    }
    this.clusters = (int) ((sectors * sector - data) / clusterSize);
    this.bits = clusters < FEWEST_FOR_16 ? 12 : clusters < FEWEST_FOR_32 ? 16 : 32;
    this.table = input.bytes((long) reserved * sector, (int) (perTable * sector));
    this.seen = new byte[clusters + 2];
  }

  static boolean isFat(ByteBuffer start) {
    int sector = sectorSize(start);
    int perCluster = start.get(13) & 0xff;
    boolean jumps = start.get(0) == (byte) 0xeb || start.get(0) == (byte) 0xe9;
    boolean sizes = Integer.bitCount(sector) == 1 && sector >= 512 && sector <= 4096;
    int tables = start.get(16);
    return jumps
        && sizes
        && Integer.bitCount(perCluster) == 1
        && tables >= 1
        && tables <= 2
        && start.getShort(510) == (short) 0xaa55;
  }

  private static int sectorSize(ByteBuffer boot) {
    return boot.getShort(11) & 0xffff;
  }

  static FatFileSystem of(BlockInput input) throws IOException {
    return new FatFileSystem(input);
  }

  private static long roundUp(long bytes, int to) {
    return Math.ceilDiv(bytes, to) * to;
  }

  @Override
  public String type() {
    return "vfat";
  }

  @Override
  public String label() {
    String label = SwapArea.Texts.upToNul(boot, bits == 32 ? 71 : 43, 11).stripTrailing();
    return label.equals("NO NAME") ? "" : label;
  }

  @Override
  public String id() {
    int serial = boot.getInt(bits == 32 ? 67 : 39);
    return "%04X-%04X".formatted(serial >>> 16, serial & 0xffff);
  }

  @Override
  public long size() {
    return data + (long) clusters * clusterSize;
  }

  @Override
  public long used() {
    long free = 0;
    for (int cluster = 2; cluster < clusters + 2; cluster++) {
      free += next(cluster) == 0 ? 1 : 0;
    }
    return size() - free * clusterSize;
  }

  private int next(int cluster) {
    return switch (bits) {
      case 12 -> {
        int pair = table.getShort(cluster + cluster / 2) & 0xffff;
        yield cluster % 2 == 0 ? pair & 0xfff : pair >>> 4;
      }
      case 16 -> table.getShort(2 * cluster) & 0xffff;
      default -> table.getInt(4 * cluster) & 0x0fffffff;
    };
  }

  private List<Integer> chain(int first) {
    List<Integer> chain = new ArrayList<>();
    for (int cluster = first; cluster >= 2 && cluster < clusters + 2; cluster = next(cluster)) {
      if (seen[cluster] != 0) {
        throw new CooperException.Corrupt("a cluster belongs to two files");
      }
      seen[cluster] = 1;
      chain.add(cluster);
    }
    return chain;
  }

  private void read(List<Integer> chain, long offset, ByteBuffer into) throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      int index = (int) (at / clusterSize);
      if (index >= chain.size()) {
        throw new CooperException.Corrupt("a file ends before its size");
      }
      int within = (int) (at % clusterSize);
      int length = Math.min(into.remaining(), clusterSize - within);
      long place = data + (long) (chain.get(index) - 2) * clusterSize + within;
      input.read(place, into.slice(into.position(), length));
      into.position(into.position() + length);
      at += length;
    }
  }

  private record Waiting(Node.Directory directory, ByteBuffer entries) {}

  @Override
  public Node.Directory read() throws IOException {
    java.util.Arrays.fill(seen, (byte) 0);
    Node.Directory root = new Node.Directory(Node.Attributes.ofRoot(0755, 0));
    Deque<Waiting> waiting = new ArrayDeque<>();
    if (bits == 32) {
      waiting.add(new Waiting(root, contents(boot.getInt(44))));
    } else {
      int rootBytes = (boot.getShort(17) & 0xffff) * ENTRY;
      waiting.add(
          new Waiting(root, input.bytes(data - roundUp(rootBytes, sectorSize(boot)), rootBytes)));
    }
    while (!waiting.isEmpty()) {
      readDirectory(waiting.remove(), waiting);
    }
    return root;
  }

  private ByteBuffer contents(int first) throws IOException {
    List<Integer> chain = chain(first);
    ByteBuffer all = ByteBuffer.allocate(chain.size() * clusterSize);
    read(chain, 0, all);
    return all.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void readDirectory(Waiting one, Deque<Waiting> waiting) throws IOException {
    ByteBuffer in = one.entries();
    String longName = "";
    for (int at = 0; at + ENTRY <= in.capacity() && in.get(at) != 0; at += ENTRY) {
      int attributes = in.get(at + 11) & 0x3f;
      if ((in.get(at) & 0xff) == FREE) {
        longName = "";
      } else if (attributes == LONG_NAME) {
        longName = piece(in, at) + longName;
      } else {
        String name = longName.isEmpty() ? shortName(in, at) : longName;
        longName = "";
        if ((attributes & LABEL) == 0 && !name.equals(".") && !name.equals("..")) {
          Node node = node(in, at, attributes, waiting);
          one.directory().put(name.getBytes(StandardCharsets.UTF_8), node);
        }
      }
    }
  }

  private Node node(ByteBuffer in, int at, int attributes, Deque<Waiting> waiting)
      throws IOException {
    int first = (in.getShort(at + 20) & 0xffff) << 16 | in.getShort(at + 26) & 0xffff;
    long seconds = seconds(in.getShort(at + 24) & 0xffff, in.getShort(at + 22) & 0xffff);
    Node.Attributes owned = new Node.Attributes(0755, 0, 0, seconds, 0, Map.of());
    if ((attributes & DIRECTORY) != 0) {
      Node.Directory directory = new Node.Directory(owned);
      waiting.add(new Waiting(directory, contents(first)));
      return directory;
    }
    long size = Integer.toUnsignedLong(in.getInt(at + 28));
    List<Integer> chain = chain(first);
    return new Node.RegularFile(
        owned,
        size,
        new Node.Content.Given(
            () -> new RunStream((offset, into) -> read(chain, offset, into), size)));
  }

  private static String shortName(ByteBuffer in, int at) {
    byte[] name = new byte[11];
    in.get(at, name);
    String base = new String(name, 0, 8, StandardCharsets.ISO_8859_1).stripTrailing();
    String end = new String(name, 8, 3, StandardCharsets.ISO_8859_1).stripTrailing();
    int lower = in.get(at + 12);
    base = (lower & 0x08) != 0 ? base.toLowerCase(Locale.ROOT) : base;
    end = (lower & 0x10) != 0 ? end.toLowerCase(Locale.ROOT) : end;
    return end.isEmpty() ? base : base + "." + end;
  }

  /** Thirteen letters of a long name, in three places of its entry. */
  private static String piece(ByteBuffer in, int at) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 13; i++) {
      int place = i < 5 ? 1 + 2 * i : i < 11 ? 14 + 2 * (i - 5) : 28 + 2 * (i - 11);
      char letter = (char) in.getShort(at + place);
      if (letter == 0) {
        break;
      }
      out.append(letter);
    }
    return out.toString();
  }

  private static long seconds(int date, int time) {
    try {
      return LocalDateTime.of(
              1980 + (date >>> 9),
              date >>> 5 & 0xf,
              date & 0x1f,
              time >>> 11,
              time >>> 5 & 0x3f,
              2 * (time & 0x1f))
          .toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
