package dev.cooper.disk.format;

import java.util.UUID;

/**
 * What VMware's formats say of a disk in words.
 *
 * @param size of the disk in bytes
 * @param type how the file is laid out
 */
record VmdkDescription(long size, UUID id, String type) {
  static final int SECTOR = 512;

  /** How many sectors are kept for it. */
  static final int SECTORS = 20;

  String text() {
    long cylinders = Math.min(16_383, size / SECTOR / 63 / 16);
    return """
        # Disk DescriptorFile
        version=1
        CID=%08x
        parentCID=ffffffff
        createType="%s"

        # Extent description
        RW %d SPARSE "disk.vmdk"

        # The Disk Data Base
        #DDB

        ddb.virtualHWVersion = "4"
        ddb.geometry.cylinders = "%d"
        ddb.geometry.heads = "16"
        ddb.geometry.sectors = "63"
        ddb.adapterType = "ide"
        """
        .formatted((int) id.getMostSignificantBits(), type, size / SECTOR, cylinders);
  }
}
