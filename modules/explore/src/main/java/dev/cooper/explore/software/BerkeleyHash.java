package dev.cooper.explore.software;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of a hash database of Berkeley DB 4 and 5 (access method version 8 to 10), of either
 * byte order, as RPM used it until 4.16. Berkeley DB's dbinc/db_page.h describes it: a page of
 * metadata, then one chain of pages per bucket; a page lists pairs of a key and a value, laid from
 * its end towards its beginning; what is too large for a page is in a chain of pages of its own.
 */
final class BerkeleyHash {
  private static final int MAGIC = 0x061561;
  private static final int METADATA = 512;

  // Where the numbers of the metadata are; each of 32 bits unless said otherwise.
  private static final int MAGIC_AT = 12;
  private static final int VERSION_AT = 16;
  private static final int PAGE_SIZE_AT = 20;
  private static final int ENCRYPTION_AT = 24; // 8 bits
  private static final int FLAGS_AT = 26; // 8 bits
  private static final int MAX_BUCKET_AT = 72;
  private static final int SPARES_AT = 96;

  // And of any other page.
  private static final int NUMBER_AT = 8;
  private static final int NEXT_AT = 16;
  private static final int ENTRIES_AT = 20; // 16 bits
  private static final int LENGTH_AT = 22; // 16 bits
  private static final int TYPE_AT = 25; // 8 bits
  private static final int PAGE_HEADER = 26;

  private static final int PAGE_UNSORTED = 2;
  private static final int PAGE_OVERFLOW = 7;
  private static final int PAGE_HASH = 13;
  private static final int ITEM_INLINE = 1;
  private static final int ITEM_OFF_PAGE = 3;
  private static final int OFF_PAGE_SIZE = 12;

  private final byte[] bytes;
  private final ByteBuffer file;
  private final int pageSize;
  private final int pages;

  /** A page belongs to one chain: seen twice, it would lead round in a ring. */
  private final BitSet visited = new BitSet();

  private @Nullable String damage;

  private BerkeleyHash(byte[] bytes, ByteOrder order) throws IOException {
    this.bytes = bytes;
    file = ByteBuffer.wrap(bytes).order(order);
    int version = file.getInt(VERSION_AT);
    if (version < 8 || version > 10) {
      throw new IOException("version " + Integer.toUnsignedString(version) + " of Berkeley DB");
    }
    if (bytes[ENCRYPTION_AT] != 0 || bytes[FLAGS_AT] != 0) {
      throw new IOException("a database of Berkeley DB with encryption or checksums");
    }
    pageSize = file.getInt(PAGE_SIZE_AT);
    if (pageSize < 512 || pageSize > 65536 || Integer.bitCount(pageSize) != 1) {
      throw new IOException("pages of " + Integer.toUnsignedString(pageSize) + " bytes");
    }
    pages = bytes.length / pageSize;
  }

  static boolean is(byte[] bytes) {
    return order(bytes) != null;
  }

  /** Null when it is no such database. */
  private static @Nullable ByteOrder order(byte[] bytes) {
    if (bytes.length < METADATA) {
      return null;
    }
    int magic = ByteBuffer.wrap(bytes).getInt(MAGIC_AT);
    if (magic == MAGIC) {
      return ByteOrder.BIG_ENDIAN;
    }
    return magic == Integer.reverseBytes(MAGIC) ? ByteOrder.LITTLE_ENDIAN : null;
  }

  /**
   * Hands over each value, in no order that means anything. RPM numbers packages from 1 and keeps a
   * counter under 0, so the value of a key of zeros is left out.
   *
   * @throws IOException when it is no such database, or some of it is damaged; what is sound has
   *     been handed over then
   */
  static void read(byte[] bytes, Consumer<byte[]> values) throws IOException {
    ByteOrder order = order(bytes);
    if (order == null) {
      throw new IOException("not a hash database of Berkeley DB");
    }
    BerkeleyHash database = new BerkeleyHash(bytes, order);
    database.buckets(values);
    if (database.damage != null) {
      throw new IOException(database.damage);
    }
  }

  private void buckets(Consumer<byte[]> values) {
    long last = number(MAX_BUCKET_AT);
    if (last >= pages) {
      damaged("it ends within its " + (last + 1) + " buckets");
    }
    // Each bucket has a page of its own.
    for (int bucket = 0; bucket <= Math.min(last, pages); bucket++) {
      // Pages are set aside for twice as many buckets at a time; the spares say what lies between.
      int doublings = Integer.SIZE - Integer.numberOfLeadingZeros(bucket);
      long first = bucket + number(SPARES_AT + 4 * doublings) & 0xffffffffL;
      int page = page(first, PAGE_HASH, PAGE_UNSORTED);
      while (page > 0) {
        pairs(page, values);
        long next = number(page + NEXT_AT);
        page = next == 0 ? 0 : page(next, PAGE_HASH, PAGE_UNSORTED);
      }
    }
  }

  /** Where a page of one of two types starts; 0, which is the metadata's, when it is not sound. */
  private int page(long number, int type, int orType) {
    if (number > 0 && number < pages && !visited.get((int) number)) {
      visited.set((int) number);
      int start = (int) number * pageSize;
      if (number(start + NUMBER_AT) == number
          && (bytes[start + TYPE_AT] == type || bytes[start + TYPE_AT] == orType)) {
        return start;
      }
    }
    damaged("page " + number + " is damaged");
    return 0;
  }

  private void pairs(int page, Consumer<byte[]> values) {
    int entries = unsigned(page + ENTRIES_AT);
    int least = PAGE_HEADER + 2 * entries;
    int end = pageSize;
    for (int i = 0; i < entries; i += 2) {
      int key = i + 1 < entries ? unsigned(page + PAGE_HEADER + 2 * i) : 0;
      int value = i + 1 < entries ? unsigned(page + PAGE_HEADER + 2 * i + 2) : 0;
      if (value < least || key <= value || end <= key) {
        damaged("page " + page / pageSize + " is damaged");
        return;
      }
      if (!isCounter(page + key, end - key)) {
        byte[] item = item(page + value, key - value);
        if (item != null) {
          values.accept(item);
        }
      }
      end = value;
    }
  }

  private boolean isCounter(int at, int size) {
    return size == 5 && bytes[at] == ITEM_INLINE && file.getInt(at + 1) == 0;
  }

  /** Null when it is damaged. */
  private byte @Nullable [] item(int at, int size) {
    if (bytes[at] == ITEM_INLINE) {
      return Arrays.copyOfRange(bytes, at + 1, at + size);
    }
    if (bytes[at] == ITEM_OFF_PAGE && size == OFF_PAGE_SIZE) {
      return offPage(number(at + 4), number(at + 8));
    }
    damaged("an item of a kind that RPM does not use");
    return null;
  }

  private byte @Nullable [] offPage(long first, long size) {
    if (size > bytes.length) {
      damaged("a value of " + size + " bytes, which is more than the file has");
      return null;
    }
    // Followed before memory is taken for it, so that no page can promise more than there is.
    int[] starts = new int[16];
    int count = 0;
    long left = size;
    long next = first;
    while (left > 0) {
      int page = page(next, PAGE_OVERFLOW, PAGE_OVERFLOW);
      int length = page == 0 ? 0 : unsigned(page + LENGTH_AT);
      if (length == 0 || length > left || length > pageSize - PAGE_HEADER) {
        damaged("page " + next + " is damaged");
        return null;
      }
      starts = count < starts.length ? starts : Arrays.copyOf(starts, 2 * count);
      starts[count++] = page;
      left -= length;
      next = number(page + NEXT_AT);
    }
    byte[] item = new byte[(int) size];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = unsigned(starts[i] + LENGTH_AT);
      System.arraycopy(bytes, starts[i] + PAGE_HEADER, item, at, length);
      at += length;
    }
    return item;
  }

  private long number(int at) {
    return Integer.toUnsignedLong(file.getInt(at));
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(file.getShort(at));
  }

  private void damaged(String what) {
    if (damage == null) {
      damage = what;
    }
  }
}
