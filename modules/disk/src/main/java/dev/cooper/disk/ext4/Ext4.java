package dev.cooper.disk.ext4;

import dev.cooper.disk.BlockOutput;
import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.disk.Progress;
import dev.cooper.image.CooperException;
import java.io.IOException;

/**
 * An ext4 or ext3 file system that is planned, so that its size is known, and can be written.
 *
 * <p>The tree must not change between the plan and the end of the writing, except that planning
 * gives it a {@code lost+found}. Planning reads no file; equal trees and options give equal bytes.
 */
public final class Ext4 {
  private final DiskTree tree;
  private final Ext4Options options;
  private final Checksums checksums;
  private final InodePlan inodes;
  private final DirectoryBlocks directories;
  private final long data;
  private final Geometry geometry;

  private Ext4(DiskTree tree, Ext4Options options) {
    this.tree = tree;
    this.options = options;
    this.checksums = new Checksums(options.uuid());
    this.inodes = InodePlan.of(tree, options.generation());
    this.directories = new DirectoryBlocks(options.generation(), checksums, options.hashSeed());
    this.data = dataBlocks();
    this.geometry = plan();
  }

  /**
   * Lays the file system out.
   *
   * @throws TooSmall when the tree does not fit the wanted size
   * @throws CooperException.InvalidInput when it holds what the file system cannot
   */
  public static Ext4 plan(DiskTree tree, Ext4Options options) {
    return new Ext4(tree, options);
  }

  /** Plans and writes in one go. */
  public static void write(
      DiskTree tree, Ext4Options options, BlockOutput output, Progress progress)
      throws IOException {
    plan(tree, options).write(output, progress);
  }

  /** How long the file system is, in bytes: a multiple of 4,096. */
  public long size() {
    return geometry.blocks() * Geometry.BLOCK;
  }

  /** How many bytes of it the files take at most, with all that belongs to them. */
  public long used() {
    return (data + geometry.overhead() + journalBlocks(geometry.blocks())) * Geometry.BLOCK;
  }

  /**
   * Writes the file system. What is not written is zero and must read as such.
   *
   * @throws CooperException.Corrupt when a file is shorter than the tree says
   * @throws IOException when reading or writing fails; the output then holds no file system
   */
  public void write(BlockOutput output, Progress progress) throws IOException {
    new Ext4Writer(tree, options, checksums, inodes, directories, geometry).write(output, progress);
  }

  private Geometry plan() {
    Generation generation = options.generation();
    Geometry geometry =
        options.size() == 0
            ? smallest(options.room() + data * Geometry.BLOCK / 100 * options.roomPercent())
            : ofGivenSize();
    if (geometry.blocks() > generation.maximumBlocks()) {
      throw new CooperException.InvalidInput(
          "%d GiB are more than %s can have here: %d GiB"
              .formatted(
                  (geometry.blocks() * Geometry.BLOCK) >> 30,
                  generation.title(),
                  (generation.maximumBlocks() * Geometry.BLOCK) >> 30));
    }
    return geometry;
  }

  /** A larger file system has a larger journal, so that one guess may not be enough. */
  private Geometry smallest(long roomBytes) {
    long room = Math.ceilDiv(roomBytes, Geometry.BLOCK);
    long guess = data + room;
    while (true) {
      Geometry geometry =
          Geometry.holding(
              options.generation(), data + room + journalBlocks(guess), inodes.highest());
      if (Journal.blocksFor(geometry.blocks()) == Journal.blocksFor(guess)) {
        return geometry;
      }
      guess = geometry.blocks();
    }
  }

  private Geometry ofGivenSize() {
    long blocks = options.size() / Geometry.BLOCK;
    Geometry geometry =
        Geometry.filling(options.generation(), Math.max(1, blocks), inodes.highest());
    if (!geometry.holds(data + journalBlocks(geometry.blocks()), inodes.highest())) {
      throw new TooSmall(options.size(), smallest(0).blocks() * Geometry.BLOCK);
    }
    return geometry;
  }

  private long journalBlocks(long blocks) {
    long journal = Journal.blocksFor(blocks);
    return journal + BlockMap.of(options.generation(), checksums).mostBlocks(journal, 1);
  }

  /** What all but the journal and the groups' tables takes at most. */
  private long dataBlocks() {
    BlockMap map = BlockMap.of(options.generation(), checksums);
    long total = 0;
    for (Inode inode : inodes.inodes()) {
      if (inode.node instanceof Node.RegularFile file) {
        KnownHoles holes = KnownHoles.of(file);
        long blocks = holes.mostDataBlocks();
        total += blocks + map.mostBlocks(blocks, holes.pieces());
      } else {
        long blocks = dataBlocks(inode);
        total += blocks + map.mostBlocks(blocks, 1);
      }
      total += inode.attributes.inBlock().isEmpty() ? 0 : 1;
    }
    return total;
  }

  private long dataBlocks(Inode inode) {
    byte[] value = inode.value;
    if (value != null) {
      return Math.ceilDiv(value.length, Geometry.BLOCK);
    }
    return switch (inode.node) {
      case Node.Directory directory -> directoryBlocks(directory);
      case Node.SymbolicLink link -> Ext4Writer.fitsInode(link) ? 0 : 1;
      case null, default -> 0;
    };
  }

  private long directoryBlocks(Node.Directory directory) {
    long size = 0;
    for (byte[] name : directory.entries().keySet()) {
      size += DirectoryEntry.sizeOf(name.length);
    }
    if (!directories.isPossible(size)) {
      throw new CooperException.InvalidInput(
          "a directory has "
              + directory.entries().size()
              + " entries, more than its index can hold");
    }
    return directories.mostBlocks(size);
  }
}
