package dev.cooper.disk.fat;

import dev.cooper.image.CooperException;

/**
 * Where the parts of a FAT file system lie, in sectors of 512 bytes: reserved sectors, two tables,
 * for FAT12 and FAT16 the root directory, and clusters, the first of which has the number 2.
 *
 * @param bits of an entry of the tables: 12, 16 or 32. It follows from the number of clusters alone
 */
record FatGeometry(
    int bits, long sectors, int reserved, int tableSectors, int rootEntries, int clusterSectors) {
  static final int SECTOR = 512;
  static final int TABLES = 2;

  private static final int LARGEST_FAT12 = 4084;
  private static final int LARGEST_FAT16 = 65_524;
  private static final int LARGEST_FAT32 = 0x0ffffff5;
  private static final int LARGEST_CLUSTER = 128;

  /**
   * The file system that fills so many bytes, with the smallest clusters that their number allows.
   *
   * @throws CooperException.InvalidInput when the size is below 64 KiB or beyond 2 TiB
   */
  static FatGeometry filling(long bytes) {
    long sectors = bytes / SECTOR;
    if (sectors < 128 || sectors >>> 32 != 0) {
      throw new CooperException.InvalidInput(
          bytes + " bytes: a FAT file system has 64 KiB to 2 TiB");
    }
    for (int bits : new int[] {32, 16, 12}) {
      for (int cluster = 1; cluster <= LARGEST_CLUSTER; cluster *= 2) {
        FatGeometry geometry = of(bits, sectors, cluster);
        if (geometry.isSound()) {
          return geometry;
        }
      }
    }
    throw new CooperException.InvalidInput(bytes + " bytes do not make a FAT file system");
  }

  private static FatGeometry of(int bits, long sectors, int cluster) {
    int reserved = bits == 32 ? 32 : 1;
    int rootEntries = bits == 32 ? 0 : 512;
    long clusters = (sectors - reserved - rootEntries * 32L / SECTOR) / cluster + 2;
    int tableSectors = (int) Math.ceilDiv(Math.ceilDiv(clusters * bits, 8), SECTOR);
    return new FatGeometry(bits, sectors, reserved, tableSectors, rootEntries, cluster);
  }

  private boolean isSound() {
    long clusters = clusters();
    return switch (bits) {
      case 12 -> clusters > 0 && clusters <= LARGEST_FAT12;
      case 16 -> clusters > LARGEST_FAT12 && clusters <= LARGEST_FAT16;
      default ->
          clusters > LARGEST_FAT16
              && clusters <= Math.min(LARGEST_FAT32, (long) (1 << 21) * clusterSectors);
    };
  }

  long clusters() {
    return (sectors - firstClusterSector()) / clusterSectors;
  }

  long rootSector() {
    return reserved + (long) TABLES * tableSectors;
  }

  long firstClusterSector() {
    return rootSector() + rootEntries * 32L / SECTOR;
  }

  int clusterBytes() {
    return clusterSectors * SECTOR;
  }

  /** Where a cluster begins, in bytes. */
  long clusterOffset(long cluster) {
    return (firstClusterSector() + (cluster - 2) * clusterSectors) * SECTOR;
  }
}
