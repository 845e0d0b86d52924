package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.time.Instant;

/**
 * The fields of the header that an input is at, made clean or refused. {@code at} is where the
 * header is in the archive, for messages; {@code header} where it is in the input's buffer.
 */
final class TarFields {
  private static final int PATH_LIMIT = 4096;

  /** Nothing is larger; and sizes may be added to each other and rounded up. */
  static final long SIZE_LIMIT = 1L << 62;

  private final TarInput in;

  /** Owner names repeat, so the strings of the entry before are used again. */
  private String lastUserName = "";

  private String lastGroupName = "";
  private Instant lastModified = Instant.EPOCH;

  TarFields(TarInput in) {
    this.in = in;
  }

  /** The type that a flag stands for; of an old archive the path says what is a directory. */
  EntryType type(long at, byte flag, String rawPath) {
    return switch (flag) {
      case 0 -> rawPath.endsWith("/") ? EntryType.DIRECTORY : EntryType.FILE;
      case '0', '7', 'S' -> EntryType.FILE;
      case '1' -> EntryType.HARD_LINK;
      case '2' -> EntryType.SYMLINK;
      case '3' -> EntryType.CHARACTER_DEVICE;
      case '4' -> EntryType.BLOCK_DEVICE;
      case '5', 'D' -> EntryType.DIRECTORY;
      case '6' -> EntryType.FIFO;
      default ->
          throw in.corrupt(at, "entry of unknown type " + (flag & 0xFF) + ", " + (char) flag);
    };
  }

  /**
   * Whether a type has contents. All else has none, whatever the header's size: old archives give
   * hard links the file's.
   */
  static boolean hasContents(byte flag) {
    return switch (flag) {
      case 0, '0', '7', 'S', 'D' -> true;
      default -> false;
    };
  }

  /** The path as the header has it, not made clean yet. */
  String headerPath(int header, TarHeader.Format format) {
    String name = text(header + TarHeader.NAME, TarHeader.NAME_LENGTH);
    if (format != TarHeader.Format.USTAR && format != TarHeader.Format.STAR) {
      return name;
    }
    int field =
        format == TarHeader.Format.STAR ? TarHeader.STAR_PREFIX_LENGTH : TarHeader.PREFIX_LENGTH;
    return in.buffer()[header + TarHeader.PREFIX] == 0
        ? name
        : text(header + TarHeader.PREFIX, field) + "/" + name;
  }

  /** A path, clean and relative; empty for the root itself. */
  String path(long at, String raw) {
    if (raw.length() > PATH_LIMIT) {
      throw in.corrupt(at, "path of more than " + PATH_LIMIT + " bytes");
    }
    try {
      return TarPaths.clean(raw);
    } catch (CooperException e) {
      throw in.corrupt(at, e.getMessage());
    }
  }

  /** What a link leads to: of a hard link a path in the archive, of a symbolic link any text. */
  String linkTarget(long at, String path, EntryType type, String raw) {
    if (type == EntryType.SYMLINK) {
      if (raw.length() > PATH_LIMIT || raw.indexOf(0) >= 0) {
        throw in.corrupt(at, path + ": malformed link target");
      }
      return raw;
    }
    String target = path(at, raw);
    if (target.isEmpty()) {
      throw in.corrupt(at, path + ": hard link without a target");
    }
    return target;
  }

  /** When it was last modified, by a record or by the header. */
  Instant modified(long at, int header, PaxRecords pax) {
    if (pax.modifiedSeconds != PaxRecords.ABSENT) {
      return Instant.ofEpochSecond(pax.modifiedSeconds, pax.modifiedNanos);
    }
    long seconds = TarHeader.number(in.buffer(), header + TarHeader.MTIME, TarHeader.LONG_LENGTH);
    if (seconds < -(1L << 55) || seconds > 1L << 54) {
      throw in.corrupt(at, "malformed modification time");
    }
    if (lastModified.getEpochSecond() != seconds) {
      lastModified = Instant.ofEpochSecond(seconds);
    }
    return lastModified;
  }

  /** A number that must not be negative, octal or base-256. */
  long number(long at, int header, int field, String what) {
    int length = field == TarHeader.SIZE ? TarHeader.LONG_LENGTH : TarHeader.ID_LENGTH;
    long value = TarHeader.number(in.buffer(), header + field, length);
    if (value < 0 || value > SIZE_LIMIT) {
      throw in.corrupt(at, "malformed " + what);
    }
    return value;
  }

  int device(long at, int field) {
    long value = TarHeader.number(in.buffer(), field, TarHeader.ID_LENGTH);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw in.corrupt(at, "malformed device number");
    }
    return (int) value;
  }

  String text(int at, int field) {
    byte[] buffer = in.buffer();
    return PathBytes.decode(buffer, at, TarHeader.textLength(buffer, at, field));
  }

  /** The text of an owner field, the string given when it is the same. */
  private String again(String before, int at) {
    byte[] buffer = in.buffer();
    int length = TarHeader.textLength(buffer, at, TarHeader.OWNER_LENGTH);
    boolean same = length == before.length();
    for (int i = 0; same && i < length; i++) {
      same = buffer[at + i] == before.charAt(i);
    }
    return same ? before : PathBytes.decode(buffer, at, length);
  }

  String userName(int header) {
    lastUserName = again(lastUserName, header + TarHeader.USER_NAME);
    return lastUserName;
  }

  String groupName(int header) {
    lastGroupName = again(lastGroupName, header + TarHeader.GROUP_NAME);
    return lastGroupName;
  }

  /**
   * A size, from a header or a record.
   *
   * @throws CooperException.Corrupt when no file can be so large
   */
  long size(long at, long value) {
    if (value < 0 || value > SIZE_LIMIT) {
      throw in.corrupt(at, "malformed size");
    }
    return value;
  }
}
