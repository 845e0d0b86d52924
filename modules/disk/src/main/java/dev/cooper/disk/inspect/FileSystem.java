package dev.cooper.disk.inspect;

import dev.cooper.disk.BlockInput;
import dev.cooper.disk.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file system as it lies on a disk. */
public interface FileSystem {
  /** Its name as mount knows it: ext4, ext3, ext2, vfat, swap. */
  String type();

  /** Its label; may be empty. */
  String label();

  /** Its UUID or serial number, as blkid prints it. */
  String id();

  /** Its size in bytes. */
  long size();

  /** How many of them are in use, its own tables included. */
  long used();

  /**
   * Its files. Each node is one inode: the same node under two names is a hard link. The contents
   * can be opened as long as the disk is.
   *
   * @return an empty directory for what holds no files, such as swap
   * @throws dev.cooper.image.CooperException.Corrupt when its structures make no sense
   */
  Node.Directory read() throws IOException;

  /** The file system that begins where this input does; empty when it is none that is known. */
  static Optional<FileSystem> of(BlockInput input) throws IOException {
    if (input.size() < 4096) {
      return Optional.empty();
    }
    ByteBuffer start = input.bytes(0, 4096);
    if (start.getShort(1024 + 0x38) == ExtFileSystem.MAGIC) {
      return Optional.of(ExtFileSystem.of(input));
    }
    byte[] mark = new byte[10];
    start.get(4086, mark);
    if (new String(mark, StandardCharsets.ISO_8859_1).equals("SWAPSPACE2")) {
      return Optional.of(SwapArea.of(start, input.size()));
    }
    if (FatFileSystem.isFat(start)) {
      return Optional.of(FatFileSystem.of(input));
    }
    return Optional.empty();
  }
}
