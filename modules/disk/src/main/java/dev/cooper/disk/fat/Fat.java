package dev.cooper.disk.fat;

import dev.cooper.disk.BlockOutput;
import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.PathBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the directories and files of a tree as a FAT file system. Owners, modes and links are
 * lost, as FAT knows none; all else that is not a file or a directory is refused.
 */
public final class Fat {
  private static final int ENTRY = 32;
  private static final int DIRECTORY = 0x10;
  private static final int ARCHIVE = 0x20;
  private static final int VOLUME = 0x08;
  private static final long LARGEST_FILE = 0xffffffffL;

  private final DiskTree tree;
  private final FatGeometry geometry;
  private final String label;
  private final int serial;
  private final BlockOutput output;
  private final List<Long> chains = new ArrayList<>();

  private Fat(DiskTree tree, FatGeometry geometry, String label, int serial, BlockOutput output) {
    this.tree = tree;
    this.geometry = geometry;
    this.label = label;
    this.serial = serial;
    this.output = output;
  }

  /**
   * Writes the file system. What is not written is zero and must read as such.
   *
   * @param size in bytes; 12, 16 or 32 bits follow from it
   * @param label up to eleven letters, digits and spaces
   * @param serial the volume's number
   * @throws CooperException.InvalidInput when the tree does not fit, or has what FAT cannot hold
   */
  public static void write(DiskTree tree, long size, String label, int serial, BlockOutput output)
      throws IOException {
    String upper = label.toUpperCase(Locale.ROOT);
    if (!upper.matches("[A-Z0-9 _-]{1,11}")) {
      throw new CooperException.InvalidInput("\"" + label + "\" cannot be the label of a volume");
    }
    new Fat(tree, FatGeometry.filling(size), upper, serial, output).write();
  }

  private void write() throws IOException {
    long root = geometry.bits() == 32 ? 2 : 0;
    writeDirectory(tree.root(), root, root, true);
    writeTables();
    for (int copy = 0; copy < (geometry.bits() == 32 ? 2 : 1); copy++) {
      FatBoot boot = new FatBoot(geometry, label, serial);
      output.write(copy * 6L * FatGeometry.SECTOR, boot.sector());
      if (geometry.bits() == 32) {
        long free = geometry.clusters() - chains.size();
        output.write((copy * 6L + 1) * FatGeometry.SECTOR, FatBoot.information(free, next()));
      }
    }
  }

  private record Named(FatNames.Alias alias, Node node) {}

  /** Writes a directory and all below it; its own clusters come first, so a root gets number 2. */
  private void writeDirectory(Node.Directory directory, long own, long parent, boolean isRoot)
      throws IOException {
    List<Named> named = new ArrayList<>();
    FatNames names = new FatNames();
    int entries = isRoot ? 1 : 2;
    for (Map.Entry<byte[], Node> entry : directory.entries().entrySet()) {
      FatNames.Alias alias = names.add(PathBytes.decode(entry.getKey()));
      named.add(new Named(alias, entry.getValue()));
      entries += alias.entries();
    }
    boolean fixed = isRoot && geometry.rootEntries() > 0;
    if (fixed && entries > geometry.rootEntries()) {
      throw new CooperException.InvalidInput("the root directory of a small FAT is full");
    }
    long size = fixed ? (long) geometry.rootEntries() * ENTRY : (long) entries * ENTRY;
    if (!fixed && own != next()) {
      throw new IllegalStateException("directory expected at " + own + ", not at " + next());
    }
    if (!fixed) {
      allocate(size);
    }
    ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    if (isRoot) {
      putEntry(out, pad(label), VOLUME, 0, 0, directory.attributes());
    } else {
      putEntry(out, pad("."), DIRECTORY, own, 0, directory.attributes());
      putEntry(
          out,
          pad(".."),
          DIRECTORY,
          parent == rootCluster() ? 0 : parent,
          0,
          directory.attributes());
    }
    for (Named entry : named) {
      FatNames.putLong(entry.alias, out);
      putNode(out, entry, own);
    }
    long offset = fixed ? geometry.rootSector() * FatGeometry.SECTOR : geometry.clusterOffset(own);
    output.write(offset, out.clear());
  }

  private long rootCluster() {
    return geometry.bits() == 32 ? 2 : 0;
  }

  private void putNode(ByteBuffer out, Named entry, long own) throws IOException {
    byte[] alias = entry.alias.bytes();
    switch (entry.node) {
      case Node.Directory below -> {
        putEntry(out, alias, DIRECTORY, next(), 0, below.attributes());
        writeDirectory(below, next(), own, false);
      }
      case Node.RegularFile file -> {
        putEntry(
            out, alias, ARCHIVE, file.size() == 0 ? 0 : next(), file.size(), file.attributes());
        writeFile(file, entry.alias.name());
      }
      default ->
          throw new CooperException.InvalidInput(
              entry.alias.name() + ": FAT holds only files and directories");
    }
  }

  private void writeFile(Node.RegularFile file, String name) throws IOException {
    if (file.size() > LARGEST_FILE) {
      throw new CooperException.InvalidInput(name + ": a file on FAT has up to 4 GiB");
    }
    if (file.size() == 0) {
      return;
    }
    long offset = geometry.clusterOffset(next());
    allocate(file.size());
    try (InputStream in = tree.open(file)) {
      byte[] chunk = new byte[1 << 20];
      for (long done = 0; done < file.size(); ) {
        int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, file.size() - done));
        if (read == 0) {
          throw new CooperException.Corrupt(name + " ends after " + done + " bytes");
        }
        output.write(offset + done, ByteBuffer.wrap(chunk, 0, read));
        done += read;
      }
    }
  }

  private long next() {
    return chains.size() + 2L;
  }

  /** Takes adjacent clusters for so many bytes, and chains them. */
  private void allocate(long bytes) {
    long count = Math.ceilDiv(bytes, geometry.clusterBytes());
    if (chains.size() + count > geometry.clusters()) {
      throw new CooperException.InvalidInput("the files do not fit the FAT file system");
    }
    for (long i = 1; i <= count; i++) {
      chains.add(i == count ? -1 : next() + 1);
    }
  }

  private void writeTables() throws IOException {
    int bytes = (int) Math.ceilDiv((chains.size() + 2L) * geometry.bits() + 7, 8) + 4;
    ByteBuffer table =
        ByteBuffer.allocate(Math.ceilDiv(bytes, FatGeometry.SECTOR) * FatGeometry.SECTOR)
            .order(ByteOrder.LITTLE_ENDIAN);
    putLink(table, 0, 0x0ffffff8);
    putLink(table, 1, -1);
    for (int i = 0; i < chains.size(); i++) {
      putLink(table, i + 2, chains.get(i));
    }
    int length = (int) Math.min(table.capacity(), (long) geometry.tableSectors() * 512);
    for (int copy = 0; copy < FatGeometry.TABLES; copy++) {
      long sector = geometry.reserved() + (long) copy * geometry.tableSectors();
      output.write(sector * FatGeometry.SECTOR, table.slice(0, length));
    }
  }

  private void putLink(ByteBuffer table, int cluster, long link) {
    switch (geometry.bits()) {
      case 32 -> table.putInt(4 * cluster, (int) link & 0x0fffffff);
      case 16 -> table.putShort(2 * cluster, (short) link);
      default -> {
        int place = cluster * 3 / 2;
        int value = (int) link & 0xfff;
        int before = table.getShort(place) & 0xffff;
        int both = cluster % 2 == 0 ? before & 0xf000 | value : before & 0x000f | value << 4;
        table.putShort(place, (short) both);
      }
    }
  }

  private static void putEntry(
      ByteBuffer out, byte[] alias, int type, long cluster, long size, Node.Attributes attributes) {
    int start = out.position();
    LocalDateTime time = LocalDateTime.ofEpochSecond(attributes.seconds(), 0, ZoneOffset.UTC);
    boolean representable = time.getYear() >= 1980 && time.getYear() <= 2107;
    int date = 1 << 5 | 1;
    int clock = 0;
    if (representable) {
      date = time.getYear() - 1980 << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
      clock = time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
    }
    out.put(start, alias).put(start + 11, (byte) type);
    out.putShort(start + 14, (short) clock).putShort(start + 16, (short) date);
    out.putShort(start + 18, (short) date);
    out.putShort(start + 20, (short) (cluster >>> 16)).putShort(start + 26, (short) cluster);
    out.putShort(start + 22, (short) clock).putShort(start + 24, (short) date);
    out.putInt(start + 28, (int) size);
    out.position(start + ENTRY);
  }

  private static byte[] pad(String name) {
    return (name + " ".repeat(11 - name.length()))
        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
