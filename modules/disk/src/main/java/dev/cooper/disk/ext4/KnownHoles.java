package dev.cooper.disk.ext4;

import dev.cooper.disk.Node;
import dev.cooper.image.layer.SparseMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file's holes before it is read: those that its layer says it has.
 *
 * @param size of the file in bytes
 * @param map null when it says nothing
 */
record KnownHoles(long size, @Nullable SparseMap map) {
  /** Holes that are shorter are filled with zeros: they would only scatter the file. */
  static final int SHORTEST = 8;

  static KnownHoles of(Node.RegularFile file) {
    return file.content() instanceof Node.Content.Stored stored
        ? new KnownHoles(file.size(), stored.file().sparse())
        : new KnownHoles(file.size(), null);
  }

  /** How many pieces the holes leave; 1 when there are none. */
  long pieces() {
    return map == null ? 1 : map.pieces() + 1L;
  }

  /** How many blocks are written at most. */
  long mostDataBlocks() {
    long all = Math.ceilDiv(size, Geometry.BLOCK);
    if (map == null) {
      return all;
    }
    long pieces = 0;
    for (int i = 0; i < map.pieces(); i++) {
      pieces += Math.ceilDiv(map.length(i), Geometry.BLOCK) + 1 + SHORTEST;
    }
    return Math.min(all, pieces + SHORTEST);
  }

  /** A walk over the holes in ascending order. */
  Walk walk() {
    return new Walk(this);
  }

  /** Answers for ascending places in the file. */
  static final class Walk {
    private final KnownHoles holes;
    private int piece;

    Walk(KnownHoles holes) {
      this.holes = holes;
    }

    /**
     * How many whole blocks from a place on are known to be zero; up to the file's end when all the
     * rest is.
     */
    long blocksFrom(long place) {
      SparseMap map = holes.map;
      if (map == null) {
        return 0;
      }
      while (piece < map.pieces() && map.offset(piece) + map.length(piece) <= place) {
        piece++;
      }
      return piece == map.pieces()
          ? Math.ceilDiv(holes.size - place, Geometry.BLOCK)
          : Math.max(0, map.offset(piece) - place) / Geometry.BLOCK;
    }
  }
}
