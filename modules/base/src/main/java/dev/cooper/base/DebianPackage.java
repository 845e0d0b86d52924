package dev.cooper.base;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Debian package (deb(5)): an ar archive that holds a tar of the files, packed. */
final class DebianPackage {
  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 60;
  private static final int NAME = 16;
  private static final int SIZE_AT = 48;
  private static final int SIZE = 10;
  private static final int LARGEST = 64 << 20;

  private DebianPackage() {}

  /** Whether a file begins as a package does. */
  static boolean is(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  /**
   * A file of a package.
   *
   * @param modified when it was changed last, as the package says: the same wherever it was fetched
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Content(byte[] bytes, Instant modified) {}

  /**
   * The first regular file that has one of these paths; empty when none has.
   *
   * @throws CooperException.Corrupt when it is no package, or is damaged
   */
  static Optional<Content> file(Path deb, List<String> paths) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(deb), 1 << 16)) {
      in.skipNBytes(MAGIC.length);
      while (true) {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
          throw new CooperException.Corrupt(deb + " is no Debian package: it has no data.tar");
        }
        String name = new String(header, 0, NAME, StandardCharsets.US_ASCII).strip();
        long size = size(header, deb);
        if (name.startsWith("data.tar")) {
          return inside(new BoundedStream(in, size), paths);
        }
        // Members begin at even places.
        in.skipNBytes(size + size % 2);
      }
    } catch (java.io.EOFException e) {
      throw new CooperException.Corrupt(deb + " is cut short", null, e);
    }
  }

  private static long size(byte[] header, Path deb) {
    String text = new String(header, SIZE_AT, SIZE, StandardCharsets.US_ASCII).strip();
    try {
      long size = Long.parseLong(text);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new CooperException.Corrupt(deb + " is damaged: a member of size \"" + text + "\"");
  }

  private static Optional<Content> inside(InputStream packed, List<String> paths)
      throws IOException {
    try (TarReader tar = new TarReader(Compression.decompressed(packed))) {
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        if (entry.isFile() && entry.size() <= LARGEST && paths.contains(entry.path())) {
          return Optional.of(new Content(tar.content().readAllBytes(), entry.modified()));
        }
      }
    }
    return Optional.empty();
  }

  /** As much of a stream as belongs to one member; closing it closes nothing. */
  private static final class BoundedStream extends InputStream {
    private final InputStream in;
    private long left;

    BoundedStream(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }
  }
}
