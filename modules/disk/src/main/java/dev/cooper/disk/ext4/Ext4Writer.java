package dev.cooper.disk.ext4;

import dev.cooper.disk.BlockOutput;
import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.disk.Progress;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes a planned file system: directories, small things, files, and then the tables. */
final class Ext4Writer {
  private static final int INLINE_LINK = 60;
  private static final int INDEXED = 0x1000;
  private static final int VALUE = 0x200000;
  private static final int TABLE_CHUNK = 256;

  private final DiskTree tree;
  private final Ext4Options options;
  private final Checksums checksums;
  private final InodePlan inodes;
  private final DirectoryBlocks directories;
  private final Geometry geometry;
  private final BlockAllocator allocator;
  private final BlockMap map;

  Ext4Writer(
      DiskTree tree,
      Ext4Options options,
      Checksums checksums,
      InodePlan inodes,
      DirectoryBlocks directories,
      Geometry geometry) {
    this.tree = tree;
    this.options = options;
    this.checksums = checksums;
    this.inodes = inodes;
    this.directories = directories;
    this.geometry = geometry;
    this.allocator = new BlockAllocator(geometry);
    this.map = BlockMap.of(options.generation(), checksums);
  }

  /** Whether a link's target has its place in the inode, where the map would be. */
  static boolean fitsInode(Node.SymbolicLink link) {
    return link.target().length < INLINE_LINK;
  }

  void write(BlockOutput output, Progress progress) throws IOException {
    Inode journal;
    try (WriteBehind behind = new WriteBehind(output)) {
      journal = writeData(new DataArea(allocator, behind), progress);
    }
    writeInodes(journal, output);
    writeGroups(journal, output);
  }

  /** All but the tables; returns the journal's inode. */
  private Inode writeData(DataArea area, Progress progress) throws IOException {
    Inode journal = writeJournal(area);
    List<Node.RegularFile> files = new ArrayList<>();
    long total = 0;
    for (Inode inode : inodes.inodes()) {
      writeSmall(inode, area);
      if (inode.node instanceof Node.RegularFile file && file.size() > 0) {
        files.add(file);
        total += file.size();
      } else if (inode.node instanceof Node.RegularFile) {
        finish(inode, new FileBlocks(), 0, area);
      }
    }
    writeFiles(files, total, area, progress);
    area.finish();
    return journal;
  }

  private Inode writeJournal(DataArea area) throws IOException {
    Inode journal = new Inode(Geometry.JOURNAL_INODE, null, 0, 1);
    long length = Journal.blocksFor(geometry.blocks());
    FileBlocks blocks = area.zeros(length);
    area.put(blocks.start(0), Journal.superblock(length));
    finish(journal, blocks, length * Geometry.BLOCK, area);
    return journal;
  }

  /** Lays down what an inode has beside a regular file's bytes. */
  private void writeSmall(Inode inode, DataArea area) throws IOException {
    byte[] value = inode.value;
    if (value != null) {
      inode.flags = VALUE;
      finish(inode, area.write(padded(value)), value.length, area);
      return;
    }
    switch (inode.node) {
      case Node.Directory directory -> writeDirectory(inode, directory, area);
      case Node.SymbolicLink link -> writeLink(inode, link, area);
      case Node.Special special -> inode.map = deviceNumbers(special);
      case Node.RegularFile file -> {}
      case null -> {}
    }
    writeAttributes(inode, area);
  }

  private void writeDirectory(Inode inode, Node.Directory directory, DataArea area)
      throws IOException {
    List<DirectoryEntry> entries = new ArrayList<>(directory.entries().size());
    for (Map.Entry<byte[], Node> entry : directory.entries().entrySet()) {
      Node node = entry.getValue();
      entries.add(new DirectoryEntry(entry.getKey(), inodes.of(node).number, type(node)));
    }
    ByteBuffer blocks = directories.pack(inode.number, inode.parent, entries);
    inode.flags = blocks.remaining() > Geometry.BLOCK ? INDEXED : 0;
    finish(inode, area.write(blocks), blocks.capacity(), area);
  }

  private void writeLink(Inode inode, Node.SymbolicLink link, DataArea area) throws IOException {
    byte[] target = link.target();
    if (fitsInode(link)) {
      System.arraycopy(target, 0, inode.map, 0, target.length);
      inode.size = target.length;
    } else {
      finish(inode, area.write(padded(target)), target.length, area);
    }
  }

  private void writeAttributes(Inode inode, DataArea area) throws IOException {
    if (inode.attributes.inBlock().isEmpty()) {
      return;
    }
    Map<ExtendedAttribute, AttributeBytes.Outside> outside = new IdentityHashMap<>();
    for (ExtendedAttribute attribute : inode.attributes.outside()) {
      int hash = checksums.of(ByteBuffer.wrap(attribute.value()));
      // The owner is charged for the value as if the blocks were its own.
      inode.blocks += Math.ceilDiv(attribute.value().length, Geometry.BLOCK);
      outside.put(attribute, new AttributeBytes.Outside(inodes.valueOf(attribute).number, hash));
    }
    ByteBuffer block = AttributeBytes.block(inode.attributes.inBlock(), outside);
    inode.attributeBlock = area.reserve();
    if (options.generation().checksums()) {
      AttributeBytes.seal(block, inode.attributeBlock, checksums);
    }
    area.put(inode.attributeBlock, block);
    inode.blocks++;
  }

  private void writeFiles(
      List<Node.RegularFile> files, long total, DataArea area, Progress progress)
      throws IOException {
    long[] done = {0};
    tree.read(
        files,
        (file, content) -> {
          writeFile(inodes.of(file), file, content, area);
          done[0] += file.size();
          progress.at("writing files", done[0], total);
        });
  }

  private void writeFile(Inode inode, Node.RegularFile file, InputStream content, DataArea area)
      throws IOException {
    DataArea.Written written = area.write(content, KnownHoles.of(file));
    if (written.size() != file.size()) {
      throw new CooperException.Corrupt(
          "a file ends after %d bytes of %d".formatted(written.size(), file.size()));
    }
    finish(inode, written.blocks(), file.size(), area);
  }

  /** Notes where an inode's blocks are. */
  private void finish(Inode inode, FileBlocks blocks, long size, DataArea area) throws IOException {
    long[] mapBlocks = {0};
    inode.map =
        map.write(
            blocks,
            inode.number,
            node -> {
              mapBlocks[0]++;
              return area.place(node);
            });
    inode.flags |= map.inodeFlags();
    inode.size = size;
    inode.blocks += blocks.blocks() + mapBlocks[0];
  }

  private void writeInodes(Inode journal, BlockOutput output) throws IOException {
    InodeBytes form = new InodeBytes(options.generation(), checksums, options.created());
    List<Inode> all = new ArrayList<>(inodes.inodes());
    all.add(1, journal);
    ByteBuffer chunk =
        ByteBuffer.allocate(TABLE_CHUNK * Geometry.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    int perChunk = TABLE_CHUNK * Geometry.INODES_PER_BLOCK;
    int next = 0;
    for (int group = 0; next < all.size(); group++) {
      int groupFirst = group * geometry.inodesPerGroup() + 1;
      for (int first = 0; first < geometry.inodesPerGroup(); first += perChunk) {
        int count = Math.min(perChunk, geometry.inodesPerGroup() - first);
        java.util.Arrays.fill(chunk.array(), (byte) 0);
        int used = 0;
        while (next < all.size() && all.get(next).number < groupFirst + first + count) {
          Inode inode = all.get(next++);
          int index = inode.number - groupFirst - first;
          form.put(
              inode,
              chunk.slice(index * Geometry.INODE, Geometry.INODE).order(ByteOrder.LITTLE_ENDIAN));
          used = index + 1;
        }
        if (used > 0) {
          int bytes = Math.ceilDiv(used, Geometry.INODES_PER_BLOCK) * Geometry.BLOCK;
          long block = geometry.inodeTable(group) + first / Geometry.INODES_PER_BLOCK;
          output.write(block * Geometry.BLOCK, chunk.slice(0, bytes));
        }
      }
    }
  }

  private void writeGroups(Inode journal, BlockOutput output) throws IOException {
    int[] directoriesPerGroup = new int[geometry.groups()];
    for (Inode inode : inodes.inodes()) {
      if (inode.node instanceof Node.Directory) {
        directoriesPerGroup[(inode.number - 1) / geometry.inodesPerGroup()]++;
      }
    }
    GroupTables groups =
        new GroupTables(geometry, allocator, checksums, inodes.highest(), directoriesPerGroup);
    ByteBuffer descriptors = groups.write(output);
    long freeBlocks = geometry.blocks() - geometry.overhead() - allocator.allocated();
    long freeInodes = geometry.inodes() - inodes.highest();
    Superblock superblock = new Superblock(geometry, options);
    for (int group = geometry.groups() - 1; group >= 0; group--) {
      if (geometry.hasSuperblock(group)) {
        long start = geometry.groupStart(group) * Geometry.BLOCK;
        output.write(start + Geometry.BLOCK, descriptors.duplicate());
        ByteBuffer bytes =
            superblock.bytes(group, freeBlocks, freeInodes, journal, inodes.hasValues());
        output.write(group == 0 ? Superblock.SIZE : start, bytes);
      }
    }
  }

  private static int type(Node node) {
    return switch (node) {
      case Node.RegularFile file -> 1;
      case Node.Directory directory -> DirectoryEntry.DIRECTORY;
      case Node.Special special ->
          switch (special.kind()) {
            case CHARACTER_DEVICE -> 3;
            case BLOCK_DEVICE -> 4;
            case FIFO -> 5;
            case SOCKET -> 6;
          };
      case Node.SymbolicLink link -> 7;
    };
  }

  /** Device numbers: the old form where both have 8 bits, else the new one in the second word. */
  private static byte[] deviceNumbers(Node.Special special) {
    ByteBuffer out = ByteBuffer.allocate(INLINE_LINK).order(ByteOrder.LITTLE_ENDIAN);
    int major = special.major();
    int minor = special.minor();
    if (major < 256 && minor < 256) {
      out.putInt(0, major << 8 | minor);
    } else {
      out.putInt(4, minor & 0xff | major << 8 | (minor & ~0xff) << 12);
    }
    return out.array();
  }

  private static ByteBuffer padded(byte[] bytes) {
    int length = Math.ceilDiv(bytes.length, Geometry.BLOCK) * Geometry.BLOCK;
    return ByteBuffer.wrap(java.util.Arrays.copyOf(bytes, length));
  }
}
