package dev.cooper.disk.ext4;

import dev.cooper.disk.Node;
import org.jspecify.annotations.Nullable;

/**
 * One inode, from its plan to the bytes that it ends as.
 *
 * <p>The plan knows its number, links and attributes; where its blocks are is filled in while they
 * are laid down.
 */
final class Inode {
  final int number;

  /** What it stands for; null for the journal and for values of extended attributes. */
  final @Nullable Node node;

  /** The directory that holds it; of use for directories only. */
  final int parent;

  AttributePlan attributes = AttributePlan.NONE;

  /** How many names it has; of a directory, how many subdirectories and 2. */
  int links;

  /** For an inode that holds the value of an extended attribute: that value. */
  byte @Nullable [] value;

  /** In bytes. */
  long size;

  /** The 60 bytes that say where its blocks are, or what else is there. */
  byte[] map = new byte[60];

  int flags;

  /** The block of extended attributes; 0 for none. */
  long attributeBlock;

  /** All blocks that it takes: the file's, those that map them, and the attributes'. */
  long blocks;

  Inode(int number, @Nullable Node node, int parent, int links) {
    this.number = number;
    this.node = node;
    this.parent = parent;
    this.links = links;
  }
}
