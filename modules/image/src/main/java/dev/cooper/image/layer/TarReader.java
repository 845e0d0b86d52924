package dev.cooper.image.layer;

import dev.cooper.image.CooperException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive, entry by entry: V7, ustar, star, PAX with global headers, GNU long names,
 * base-256 numbers, sparse files in all four GNU ways, extended attributes as star and libarchive
 * write them.
 *
 * <p>What it reads is untrusted: headers are bounded (1 MiB of PAX records, 4096 bytes of path),
 * paths are made clean and relative, and anything malformed or cut short is {@link
 * CooperException.Corrupt}, which names the byte. The archive ends at the first block of zeros, or
 * where the input ends between two entries, be it before the padding of the last, as Go's reader
 * has it and some writers need; what follows is not read.
 */
public final class TarReader implements Closeable {
  private static final int PAX_LIMIT = 1 << 20;
  private static final int PATH_LIMIT = 4096;
  private static final int NAME_LIMIT = 1024;

  private final TarInput in;
  private final TarFields fields;
  private PaxRecords global = new PaxRecords();
  private boolean ended;

  /** What is left of the current entry's stored contents, and of the padding after them. */
  private long remaining;

  private long padding;
  private long contentOffset;
  private long size;
  private @Nullable SparseMap sparse;
  private int generation;

  /** Reads a stream; closing the reader closes it. */
  public TarReader(InputStream in) {
    this.in = new TarInput(in);
    this.fields = new TarFields(this.in);
  }

  /**
   * Reads a channel from its position, seeking over contents that nobody reads; closing the reader
   * closes it.
   */
  public TarReader(SeekableByteChannel channel) throws IOException {
    this.in = new TarInput(channel);
    this.fields = new TarFields(this.in);
  }

  /**
   * The next entry; null at the end of the archive, and ever after. Passes over contents of the
   * entry before that were not read.
   *
   * @throws CooperException.Corrupt when the archive is malformed or cut short
   */
  public @Nullable TarEntry next() throws IOException {
    generation++;
    if (ended) {
      return null;
    }
    int tail = (int) (padding & TarHeader.BLOCK - 1);
    in.skip(remaining + padding - tail);
    remaining = 0;
    padding = 0;
    if (!in.skipPadding(tail)) {
      ended = true;
      return null;
    }
    PaxRecords pax = null;
    String longName = null;
    String longLink = null;
    while (true) {
      long at = in.position();
      int header = in.block();
      byte[] buffer = in.buffer();
      if (header < 0 || buffer[header] == 0 && TarHeader.isZero(buffer, header)) {
        if (pax != null || longName != null || longLink != null) {
          throw in.corrupt(at, "it ends after an extended header");
        }
        ended = true;
        return null;
      }
      if (!TarHeader.isChecksumRight(buffer, header)) {
        throw in.corrupt(at, "not a tar header (checksum mismatch)");
      }
      switch (buffer[header + TarHeader.TYPE]) {
        case 'x', 'X' -> {
          pax = new PaxRecords(global);
          paxRecords(pax, at, header);
        }
        case 'g' -> {
          PaxRecords changed = new PaxRecords(global);
          paxRecords(changed, at, header);
          global = changed;
        }
        case 'L' -> longName = longText(at, header);
        case 'K' -> longLink = longText(at, header);
        case 'V' -> in.skip(padded(fields.number(at, header, TarHeader.SIZE, "size")));
        default -> {
          return entry(at, header, pax == null ? global : pax, longName, longLink);
        }
      }
    }
  }

  /**
   * The current entry's contents, with the holes of a sparse file filled in. Valid until {@link
   * #next}; a second call goes on where the first stream stopped. Empty for all but files.
   *
   * @throws IllegalStateException when a sparse file's contents were asked for already
   */
  public InputStream content() {
    InputStream stored = new Content(generation);
    SparseMap map = sparse;
    if (map == null) {
      return stored;
    }
    if (remaining != map.stored()) {
      throw new IllegalStateException("a sparse file's contents can be read only once");
    }
    return new SparseStream(stored, map, size);
  }

  /** Where the current entry's stored contents begin, in bytes from the start of the archive. */
  public long contentOffset() {
    return contentOffset;
  }

  /** How the current entry's stored pieces make up the file; null when it is stored whole. */
  public @Nullable SparseMap sparse() {
    return sparse;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    in.close();
  }

  private TarEntry entry(
      long at, int header, PaxRecords pax, @Nullable String longName, @Nullable String longLink)
      throws IOException {
    byte[] buffer = in.buffer();
    TarHeader.Format format = TarHeader.format(buffer, header);
    byte flag = buffer[header + TarHeader.TYPE];
    String rawPath = pax.sparseName != null && pax.isSparse() ? pax.sparseName : pax.path;
    if (rawPath == null) {
      rawPath = longName != null ? longName : fields.headerPath(header, format);
    }
    EntryType type = fields.type(at, flag, rawPath);
    String path = fields.path(at, rawPath);
    if (path.isEmpty() && type != EntryType.DIRECTORY) {
      throw in.corrupt(at, "entry without a name");
    }
    String link = "";
    if (type == EntryType.SYMLINK || type == EntryType.HARD_LINK) {
      link = pax.linkPath != null ? pax.linkPath : longLink;
      if (link == null) {
        link = fields.text(header + TarHeader.LINK_NAME, TarHeader.NAME_LENGTH);
      }
      link = fields.linkTarget(at, path, type, link);
    }
    long stored = TarFields.hasContents(flag) ? storedSize(at, header, pax) : 0;
    int mode = (int) (fields.number(at, header, TarHeader.MODE, "mode") & 07777);
    long uid =
        pax.uid != PaxRecords.ABSENT ? pax.uid : fields.number(at, header, TarHeader.UID, "uid");
    long gid =
        pax.gid != PaxRecords.ABSENT ? pax.gid : fields.number(at, header, TarHeader.GID, "gid");
    Instant modified = fields.modified(at, header, pax);
    String userName = "";
    String groupName = "";
    int major = 0;
    int minor = 0;
    if (format != TarHeader.Format.V7) {
      userName = fields.userName(header);
      groupName = fields.groupName(header);
      if (type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE) {
        major = fields.device(at, header + TarHeader.DEVICE_MAJOR);
        minor = fields.device(at, header + TarHeader.DEVICE_MINOR);
      }
    }
    userName = pax.userName != null ? pax.userName : userName;
    groupName = pax.groupName != null ? pax.groupName : groupName;
    Map<String, byte[]> xattrs = pax.xattrs == null ? Map.of() : pax.xattrs;
    startContents(at, header, type, flag, pax, stored);
    return new TarEntry(
        path, type, mode, uid, gid, userName, groupName, size, modified, link, major, minor,
        xattrs);
  }

  /** Finds out how the contents are stored, and leaves the input at their first byte. */
  private void startContents(
      long at, int header, EntryType type, byte flag, PaxRecords pax, long stored)
      throws IOException {
    sparse = null;
    remaining = stored;
    size = type == EntryType.FILE ? stored : 0;
    padding = -remaining & TarHeader.BLOCK - 1;
    if (type != EntryType.FILE) {
      // Of a directory as GNU tar dumps it: the list of its names, which is no file's contents.
      padding += remaining;
      remaining = 0;
    }
    List<Long> numbers = pax.sparseNumbers;
    if (flag == 'S') {
      size = TarHeader.number(in.buffer(), header + SparseFormats.OLD_REAL_SIZE, 12);
      sparse = SparseFormats.old(in, header, requireSize(at, size));
    } else if (type == EntryType.FILE && pax.isSparse()) {
      boolean before = pax.sparseMajor == 1 && pax.sparseMinor == 0;
      if (!before && numbers == null) {
        throw in.corrupt(
            at, "sparse format " + pax.sparseMajor + "." + pax.sparseMinor + " is not known");
      }
      size = requireSize(at, pax.sparseRealSize);
      if (numbers != null && !before) {
        sparse = SparseFormats.inHeader(numbers, size);
      } else {
        long start = in.position();
        sparse = SparseFormats.beforeContents(in, size);
        remaining -= in.position() - start;
      }
    }
    SparseMap map = sparse;
    if (map != null) {
      if (map.stored() > remaining) {
        throw in.corrupt(at, "map of a sparse file does not fit its stored size");
      }
      padding += remaining - map.stored();
      remaining = map.stored();
    }
    contentOffset = in.position();
  }

  private long storedSize(long at, int header, PaxRecords pax) {
    return pax.size != PaxRecords.ABSENT
        ? fields.size(at, pax.size)
        : fields.number(at, header, TarHeader.SIZE, "size");
  }

  private long requireSize(long at, long value) {
    if (value < 0) {
      throw in.corrupt(at, "sparse file without a size");
    }
    return fields.size(at, value);
  }

  private void paxRecords(PaxRecords pax, long at, int header) throws IOException {
    String problem = pax.addAll(metadata(at, header, PAX_LIMIT));
    if (problem != null) {
      throw in.corrupt(at, problem);
    }
  }

  private String longText(long at, int header) throws IOException {
    byte[] bytes = metadata(at, header, PATH_LIMIT + NAME_LIMIT);
    return PathBytes.decode(bytes, 0, TarHeader.textLength(bytes, 0, bytes.length));
  }

  private byte[] metadata(long at, int header, int limit) throws IOException {
    long length = fields.number(at, header, TarHeader.SIZE, "size");
    if (length > limit) {
      throw in.corrupt(at, "extended header of " + length + " bytes, more than " + limit);
    }
    byte[] bytes = in.exactly((int) length);
    in.skip(padded(length) - length);
    return bytes;
  }

  private static long padded(long length) {
    return length + (-length & TarHeader.BLOCK - 1);
  }

  /** The stored bytes of one entry. */
  private final class Content extends InputStream {
    private final int mine;

    Content(int mine) {
      this.mine = mine;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      requireCurrent();
      if (length == 0) {
        return 0;
      }
      if (remaining == 0) {
        return -1;
      }
      int n = in.read(target, offset, (int) Math.min(length, remaining));
      remaining -= n;
      return n;
    }

    @Override
    public long skip(long count) throws IOException {
      requireCurrent();
      long n = Math.max(0, Math.min(count, remaining));
      in.skip(n);
      remaining -= n;
      return n;
    }

    @Override
    public int available() {
      return mine == generation ? (int) Math.min(remaining, Integer.MAX_VALUE) : 0;
    }

    private void requireCurrent() throws IOException {
      if (mine != generation) {
        throw new IOException("the reader has gone on to another entry");
      }
    }
  }
}
