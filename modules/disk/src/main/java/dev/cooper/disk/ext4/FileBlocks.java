package dev.cooper.disk.ext4;

import java.util.Arrays;

/**
 * The blocks of one file as they were laid down: runs in the file that are runs on the disk, in
 * ascending order. What lies between two runs is a hole.
 */
final class FileBlocks {
  /** Adjacent blocks of the disk. */
  record Run(long start, long length) {}

  private long[] triples = new long[3];
  private int count;
  private long blocks;

  /** Notes that {@code run} holds the file's blocks from {@code logical} on. */
  void add(long logical, Run run) {
    blocks += run.length();
    if (count > 0) {
      int last = 3 * (count - 1);
      if (triples[last] + triples[last + 2] == logical
          && triples[last + 1] + triples[last + 2] == run.start()) {
        triples[last + 2] += run.length();
        return;
      }
    }
    if (3 * count == triples.length) {
      triples = Arrays.copyOf(triples, 2 * triples.length);
    }
    triples[3 * count] = logical;
    triples[3 * count + 1] = run.start();
    triples[3 * count + 2] = run.length();
    count++;
  }

  int count() {
    return count;
  }

  /** The blocks that are not holes. */
  long blocks() {
    return blocks;
  }

  long logical(int index) {
    return triples[3 * index];
  }

  long start(int index) {
    return triples[3 * index + 1];
  }

  long length(int index) {
    return triples[3 * index + 2];
  }
}
