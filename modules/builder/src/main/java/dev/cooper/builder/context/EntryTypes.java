package dev.cooper.builder.context;

import dev.cooper.image.layer.EntryType;
import dev.cooper.linux.FileStatus;
import org.jspecify.annotations.Nullable;

/** What a file of this machine is called in a layer. */
public final class EntryTypes {
  private EntryTypes() {}

  /** Its type; null for what a layer has no word for, such as a socket. */
  public static @Nullable EntryType of(FileStatus status) {
    if (status.isRegular()) {
      return EntryType.FILE;
    } else if (status.isDirectory()) {
      return EntryType.DIRECTORY;
    } else if (status.isLink()) {
      return EntryType.SYMLINK;
    } else if (status.isFifo()) {
      return EntryType.FIFO;
    } else if (status.isCharacterDevice()) {
      return EntryType.CHARACTER_DEVICE;
    } else if (status.isBlockDevice()) {
      return EntryType.BLOCK_DEVICE;
    }
    return null;
  }
}
