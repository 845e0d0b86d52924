package dev.cooper.disk.format;

import dev.cooper.disk.BlockOutput;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.UUID;

/** A disk in a file of some format. No byte of it is written twice. */
public interface DiskFile extends BlockOutput, Closeable {
  /**
   * An empty disk in a file.
   *
   * @param file is there, and empty
   * @param compression how its blocks are packed, on all processors; only what the format {@link
   *     Format#canHold}
   * @param size of the disk in bytes, a multiple of 1 MiB
   * @param id what the format calls the disk, where it has a name for it
   */
  static DiskFile create(Path file, Format format, Compression compression, long size, UUID id)
      throws IOException {
    if (!format.canHold(compression)) {
      throw new IllegalArgumentException(format + " cannot hold " + compression);
    }
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    if (compression != Compression.NONE) {
      return format == Format.QCOW2
          ? new CompressedQcow2File(opened, size, compression)
          : new StreamedVmdkFile(opened, file, size, id);
    }
    return switch (format) {
      case RAW -> new RawFile(opened, size);
      case QCOW2 -> new Qcow2File(opened, size);
      case VDI -> new VdiFile(opened, size, id);
      case VMDK -> new VmdkFile(opened, size, id);
      case VHD -> new VhdFile(opened, size, id);
      case VHDX -> new VhdxFile(opened, size, id);
    };
  }

  /**
   * Writes what the format needs after the disk's bytes; once, and then nothing more is written.
   */
  void finish() throws IOException;
}
