package dev.cooper.builder.context;

import dev.cooper.image.layer.EntryType;
import java.time.Instant;

/**
 * One file of a source tree, as it was when the tree was looked at.
 *
 * @param path from the tree's root, clean, as {@link dev.cooper.image.layer.PathBytes} has it;
 *     empty for the root
 * @param type never a hard link: names of one file share {@code inode} and {@code device}
 * @param mode permission bits, 0 to 07777
 * @param size bytes of a regular file; 0 for all else
 * @param modified when its content last changed
 * @param changed when its record last changed; what no program can set
 * @param inode the file's number where the tree is; with {@code device} tells names of one file
 * @param device what {@code inode} is relative to
 * @param links how many names the file has
 * @param deviceMajor of a device file, else 0
 * @param deviceMinor of a device file, else 0
 */
public record SourceFile(
    String path,
    EntryType type,
    int mode,
    long uid,
    long gid,
    long size,
    Instant modified,
    Instant changed,
    long inode,
    long device,
    long links,
    int deviceMajor,
    int deviceMinor) {

  /** The last part of the path; empty for the root. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public boolean isDirectory() {
    return type == EntryType.DIRECTORY;
  }

  public boolean isRegular() {
    return type == EntryType.FILE;
  }

  public boolean isLink() {
    return type == EntryType.SYMLINK;
  }
}
