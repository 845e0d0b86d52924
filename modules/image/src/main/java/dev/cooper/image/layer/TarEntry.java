package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a layer, without its contents. Strings that come from file systems follow {@link
 * PathBytes}.
 *
 * @param path relative and clean: no leading {@code ./} or {@code /}, no trailing {@code /}, no
 *     empty part, no {@code .} or {@code ..}; empty for the root directory itself. Whiteouts are
 *     here under their own names, {@code a/.wh.b}
 * @param type what it is
 * @param mode permission bits with set-id and sticky bits, 0 to 07777
 * @param uid owner's number, 0 or more
 * @param gid group's number, 0 or more
 * @param userName owner's name; empty when not given
 * @param groupName group's name; empty when not given
 * @param size bytes of contents when read, holes of a sparse file included; 0 for all but files
 * @param modified time of last change
 * @param linkTarget of a symbolic link its text, of a hard link the clean path of the other name;
 *     else empty
 * @param deviceMajor major number of a device, else 0
 * @param deviceMinor minor number of a device, else 0
 * @param xattrs extended attributes by full name ({@code security.capability}), sorted by name
 */
@RecordBuilder
public record TarEntry(
    String path,
    EntryType type,
    int mode,
    long uid,
    long gid,
    String userName,
    String groupName,
    long size,
    Instant modified,
    String linkTarget,
    int deviceMajor,
    int deviceMinor,
    Map<String, byte[]> xattrs)
    implements TarEntryBuilder.With {
  /**
   * @throws CooperException.InvalidInput when the path is not clean or climbs out, or a number is
   *     out of range
   */
  public TarEntry {
    if (!TarPaths.isClean(path)) {
      throw new CooperException.InvalidInput("not a clean relative path: \"" + path + "\"");
    }
    if (linkTarget.indexOf(0) >= 0) {
      throw new CooperException.InvalidInput(path + ": NUL in link target");
    }
    if (type == EntryType.HARD_LINK && (!TarPaths.isClean(linkTarget) || linkTarget.isEmpty())) {
      throw new CooperException.InvalidInput(
          path + ": not a clean relative path of a hard link: \"" + linkTarget + "\"");
    }
    if (mode < 0 || mode > 07777 || uid < 0 || gid < 0 || size < 0) {
      throw new CooperException.InvalidInput(path + ": mode, owner or size out of range");
    }
    if (size != 0 && type != EntryType.FILE) {
      throw new CooperException.InvalidInput(path + ": only a file has contents");
    }
    xattrs = xattrs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(xattrs));
  }

  /** A regular file owned by root, mode 0644, dated 1970. */
  public static TarEntry file(String path, long size) {
    return plain(path, EntryType.FILE, 0644, size, "");
  }

  /** A directory owned by root, mode 0755, dated 1970. */
  public static TarEntry directory(String path) {
    return plain(path, EntryType.DIRECTORY, 0755, 0, "");
  }

  /** A symbolic link owned by root, dated 1970. */
  public static TarEntry symlink(String path, String target) {
    return plain(path, EntryType.SYMLINK, 0777, 0, target);
  }

  /** Another name for the file at {@code target}. */
  public static TarEntry hardLink(String path, String target) {
    return plain(path, EntryType.HARD_LINK, 0644, 0, target);
  }

  /** A named pipe owned by root, mode 0644, dated 1970. */
  public static TarEntry fifo(String path) {
    return plain(path, EntryType.FIFO, 0644, 0, "");
  }

  /** A character or block device owned by root, mode 0644, dated 1970. */
  public static TarEntry device(String path, EntryType type, int major, int minor) {
    return new TarEntry(
        path, type, 0644, 0, 0, "", "", 0, Instant.EPOCH, "", major, minor, Map.of());
  }

  /** The mark that removes {@code path} as the layers below have it. */
  public static TarEntry whiteout(String path) {
    int slash = path.lastIndexOf('/');
    return file(path.substring(0, slash + 1) + Whiteouts.PREFIX + path.substring(slash + 1), 0)
        .withMode(0);
  }

  /** The mark that hides all that the layers below have in the directory {@code path}. */
  public static TarEntry opaque(String path) {
    return file((path.isEmpty() ? "" : path + "/") + Whiteouts.OPAQUE, 0).withMode(0);
  }

  /** The last part of the path; empty for the root. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path without its last part; empty for what is in the root. */
  public String parentPath() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  public boolean isDirectory() {
    return type == EntryType.DIRECTORY;
  }

  public boolean isFile() {
    return type == EntryType.FILE;
  }

  public TarEntry withOwner(long changedUid, long changedGid) {
    return new TarEntry(
        path,
        type,
        mode,
        changedUid,
        changedGid,
        userName,
        groupName,
        size,
        modified,
        linkTarget,
        deviceMajor,
        deviceMinor,
        xattrs);
  }

  public TarEntry withNames(String changedUser, String changedGroup) {
    return new TarEntry(
        path,
        type,
        mode,
        uid,
        gid,
        changedUser,
        changedGroup,
        size,
        modified,
        linkTarget,
        deviceMajor,
        deviceMinor,
        xattrs);
  }

  /** Equal in every part; extended attributes by their bytes. */
  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof TarEntry other
        && path.equals(other.path)
        && type == other.type
        && mode == other.mode
        && uid == other.uid
        && gid == other.gid
        && userName.equals(other.userName)
        && groupName.equals(other.groupName)
        && size == other.size
        && modified.equals(other.modified)
        && linkTarget.equals(other.linkTarget)
        && deviceMajor == other.deviceMajor
        && deviceMinor == other.deviceMinor
        && sameXattrs(other.xattrs);
  }

  @Override
  public int hashCode() {
    return path.hashCode() * 31 + Long.hashCode(size);
  }

  private boolean sameXattrs(Map<String, byte[]> others) {
    if (xattrs.size() != others.size()) {
      return false;
    }
    for (Map.Entry<String, byte[]> xattr : xattrs.entrySet()) {
      if (!Arrays.equals(xattr.getValue(), others.get(xattr.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static TarEntry plain(
      String path, EntryType type, int mode, long size, String linkTarget) {
    return new TarEntry(
        path, type, mode, 0, 0, "", "", size, Instant.EPOCH, linkTarget, 0, 0, Map.of());
  }
}
