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
   * @param compressed whether its blocks are deflated, on all processors; only where {@link
   *     Format#canCompress}
   * @param size of the disk in bytes, a multiple of 1 MiB
   * @param id what the format calls the disk, where it has a name for it
   */
  static DiskFile create(Path file, Format format, boolean compressed, long size, UUID id)
      throws IOException {
    if (compressed && !format.canCompress()) {
      throw new IllegalArgumentException(format + " cannot be compressed");
    }
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    if (compressed) {
      return format == Format.QCOW2
          ? new CompressedQcow2File(opened, size)
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
