package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tar archives that ADD unpacks, packed or not. */
final class Archives {
  private static final int BUFFER = 64 * 1024;
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private Archives() {}

  /**
   * Whether a file is a tar archive, by its content and not by its name: once unpacked it begins
   * with a tar header. What only looks packed is none. An archive that turns out to be damaged, or
   * to hold a path that leads out, is one nevertheless: {@link #unpack} refuses it.
   */
  static boolean isArchive(SourceTree tree, SourceFile file) throws IOException {
    if (!file.isRegular() || file.size() == 0) {
      return false;
    }
    try (InputStream in = new BufferedInputStream(tree.open(file), BUFFER);
        InputStream plain = Compression.decompressed(in)) {
      return isHeader(plain.readNBytes(BLOCK));
    } catch (CooperException.Corrupt e) {
      // Packed bytes that cannot be unpacked are any file to Docker, which copies them. A file
      // whose
      // name says that it is an archive was meant to be unpacked: its damage is not passed on.
      if (isNamedAsArchive(file.name())) {
        throw new CooperException.Corrupt(
            file.path() + ": " + e.getMessage(),
            "make the archive again, or copy it as a file with COPY",
            e);
      }
      return false;
    }
  }

  private static boolean isNamedAsArchive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains(".tar.")
        || lower.endsWith(".tgz")
        || lower.endsWith(".tbz2")
        || lower.endsWith(".txz")
        || lower.endsWith(".tzst");
  }

  /** Whether a block has the checksum of a tar header (POSIX pax, "ustar Interchange Format"). */
  private static boolean isHeader(byte[] block) {
    if (block.length < BLOCK || block[0] == 0) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean isChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += isChecksum ? ' ' : block[i] & 0xff;
    }
    String digits =
        new String(block, CHECKSUM, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1)
            .replace((char) 0, ' ')
            .strip();
    try {
      return Integer.parseInt(digits, 8) == sum;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * Writes what an archive holds into a layer, beneath the destination. Owners and modes stay as
   * the archive has them.
   *
   * @param in the archive; not closed, and perhaps not read to its end
   * @throws CooperException.Corrupt if it is damaged, ends early, or holds a path that leads out
   */
  static void unpack(InputStream in, Landing landing, Placement placement, LayerWriter writer)
      throws IOException {
    String destination = landing.resolve(placement.destination());
    landing.makeDirectory(destination);
    Unpacking unpacking = new Unpacking(landing, destination, placement.fixed(), writer);
    // Closing the reader would close the input, which is the caller's.
    InputStream plain = Compression.decompressed(in);
    TarReader tar = new TarReader(plain);
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      unpacking.add(entry, tar);
    }
    unpacking.flush();
    // The checksum of a packed archive is behind its last byte.
    plain.transferTo(OutputStream.nullOutputStream());
  }

  /** One archive on its way into a layer. */
  private static final class Unpacking {
    private final Landing landing;
    private final String destination;
    private final @Nullable Instant latest;
    private final LayerWriter writer;
    private @Nullable String parent;
    private String realParent = "";

    /**
     * @param latest what any later time is replaced by; null to keep all times
     */
    Unpacking(Landing landing, String destination, @Nullable Instant latest, LayerWriter writer) {
      this.landing = landing;
      this.destination = destination;
      this.latest = latest;
      this.writer = writer;
    }

    void add(TarEntry entry, TarReader tar) throws IOException {
      if (entry.path().isEmpty()) {
        if (!destination.isEmpty() && entry.isDirectory()) {
          landing.put(entry.withPath(destination), null);
        }
        return;
      }
      TarEntry placed = entry.withPath(place(entry.path()));
      if (latest != null && placed.modified().isAfter(latest)) {
        placed = placed.withModified(latest);
      }
      if (entry.type() == EntryType.HARD_LINK) {
        String target = place(entry.linkTarget());
        TarEntry file = landing.at(target);
        if (file == null || file.isDirectory()) {
          throw new CooperException.Corrupt(
              entry.path() + ": a hard link to " + entry.linkTarget() + ", which is no file");
        }
        placed = placed.withLinkTarget(target);
      }
      landing.put(placed, null);
      if (!entry.isFile()) {
        if (entry.type() == EntryType.SYMLINK) {
          parent = null;
        }
        return;
      }
      // The entry itself is among what is new: everything before it is written first.
      for (Landing.Item item : landing.takeNew()) {
        if (item.entry().path().equals(placed.path())) {
          writer.add(item.entry(), tar.content());
        } else {
          writer.add(item.entry());
        }
      }
    }

    /** The path without links at which an entry lands; directories above it are made. */
    private String place(String path) {
      int slash = path.lastIndexOf('/');
      String above = slash < 0 ? "" : path.substring(0, slash);
      if (!above.equals(parent)) {
        realParent = landing.resolve(destination + "/" + above);
        landing.makeDirectory(realParent);
        parent = above;
      }
      String name = path.substring(slash + 1);
      return realParent.isEmpty() ? name : realParent + "/" + name;
    }

    void flush() throws IOException {
      for (Landing.Item item : landing.takeNew()) {
        writer.add(item.entry());
      }
    }
  }
}
