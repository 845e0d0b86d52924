package dev.cooper.explore.software;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * The packages of RPM's own database format, "ndb", which SUSE uses. RPM's lib/backend/ndb/rpmpkg.c
 * describes it. All numbers are of 32 bits, little-endian:
 *
 * <pre>
 * header  RpmP, version, generation, pages of slots, next package, 12 unused bytes
 * slot    Slot, package, where its blob is and its size, both in blocks of 16 bytes
 * blob    BlbS, package, generation, length; the bytes, filled up with zeros;
 *         Adler-32 of all before it, length, BlbE
 * </pre>
 */
final class NdbDatabase {
  private static final int MAGIC = magic("RpmP");
  private static final int SLOT = magic("Slot");
  private static final int BLOB_START = magic("BlbS");
  private static final int BLOB_END = magic("BlbE");
  private static final int HEADER = 32;
  private static final int PAGE = 4096;

  /** Of a slot, of a block, and of a blob's head alike. */
  private static final int BLOCK = 16;

  private static final int BLOB_TAIL = 12;

  private final byte[] bytes;
  private final ByteBuffer file;
  private @Nullable String damage;
  private long bytesRead;

  private NdbDatabase(byte[] bytes) {
    this.bytes = bytes;
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean is(byte[] bytes) {
    return bytes.length >= HEADER
        && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == MAGIC;
  }

  /**
   * Hands over the header of each package, in the order of the slots.
   *
   * @throws IOException when it is no such database, or some of it is damaged; what is sound has
   *     been handed over then
   */
  static void read(byte[] bytes, Consumer<byte[]> packages) throws IOException {
    if (!is(bytes)) {
      throw new IOException("not a database of ndb");
    }
    NdbDatabase database = new NdbDatabase(bytes);
    database.slots(packages);
    if (database.damage != null) {
      throw new IOException(database.damage);
    }
  }

  private static int magic(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }

  private void slots(Consumer<byte[]> packages) throws IOException {
    if (file.getInt(4) != 0) {
      throw new IOException("version " + Integer.toUnsignedString(file.getInt(4)) + " of ndb");
    }
    long end = Integer.toUnsignedLong(file.getInt(12)) * PAGE;
    if (end > bytes.length) {
      damaged("it ends within its slots");
    }
    for (int at = HEADER; at + BLOCK <= Math.min(end, bytes.length); at += BLOCK) {
      if (file.getInt(at) != SLOT) {
        damaged("a damaged slot at byte " + at);
      } else if (file.getInt(at + 8) != 0) {
        int number = file.getInt(at + 4);
        byte[] blob = blob(number, file.getInt(at + 8), file.getInt(at + 12));
        if (blob == null) {
          damaged("package " + Integer.toUnsignedString(number) + " is damaged");
        } else {
          packages.accept(blob);
        }
      }
    }
  }

  /** Null when it is damaged. */
  private byte @Nullable [] blob(int number, int firstBlock, int blocks) throws IOException {
    long start = Integer.toUnsignedLong(firstBlock) * BLOCK;
    long size = Integer.toUnsignedLong(blocks) * BLOCK;
    if (start + size > bytes.length || size < BLOCK + BLOB_TAIL) {
      return null;
    }
    bytesRead += size;
    if (bytesRead > bytes.length) {
      throw new IOException("packages that overlap");
    }
    int at = (int) start;
    int length = file.getInt(at + 12);
    long needed = BLOCK + Integer.toUnsignedLong(length) + BLOB_TAIL;
    int tail = at + (int) size - BLOB_TAIL;
    if (file.getInt(at) != BLOB_START
        || file.getInt(at + 4) != number
        || needed > size
        || needed <= size - BLOCK
        || file.getInt(tail + 4) != length
        || file.getInt(tail + 8) != BLOB_END) {
      return null;
    }
    Adler32 sum = new Adler32();
    sum.update(bytes, at, tail - at);
    return (int) sum.getValue() == file.getInt(tail)
        ? java.util.Arrays.copyOfRange(bytes, at + BLOCK, at + BLOCK + length)
        : null;
  }

  private void damaged(String what) {
    if (damage == null) {
      damage = what;
    }
  }
}
