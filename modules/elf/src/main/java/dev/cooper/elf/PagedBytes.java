package dev.cooper.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Random reads of a file through pages of 4 KB, each read once. At most {@link #MAX_PAGES} are ever
 * read, so a hostile file costs at most two megabytes.
 */
final class PagedBytes {
  private static final int PAGE = 4096;
  private static final int MAX_PAGES = 512;

  /** No path is longer (PATH_MAX); a list of folders may be. */
  private static final int MAX_STRING = 16 * 4096;

  private final SeekableByteChannel channel;
  private final long size;
  private final Map<Long, byte[]> pages = new HashMap<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  PagedBytes(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  long size() {
    return size;
  }

  ByteOrder order() {
    return order;
  }

  void order(ByteOrder newOrder) {
    order = newOrder;
  }

  int unsignedByte(long offset) throws IOException {
    if (offset < 0 || offset >= size) {
      throw new ElfFormatException("truncated: wants offset " + offset + " of " + size + " bytes");
    }
    byte[] page = page(offset / PAGE);
    int at = (int) (offset % PAGE);
    if (at >= page.length) {
      throw new ElfFormatException("truncated: ends before offset " + offset);
    }
    return page[at] & 0xff;
  }

  int unsignedShort(long offset) throws IOException {
    return (int) number(offset, 2);
  }

  long unsignedInt(long offset) throws IOException {
    return number(offset, 4);
  }

  /** Eight bytes; values above 2^63 come out negative, and then fail the bounds check. */
  long unsignedLong(long offset) throws IOException {
    return number(offset, 8);
  }

  /** A string that ends with a zero byte. */
  String string(long offset) throws IOException {
    byte[] bytes = new byte[64];
    for (int length = 0; ; length++) {
      int value = unsignedByte(offset + length);
      if (value == 0) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
      }
      if (length == MAX_STRING) {
        throw new ElfFormatException("a string at offset " + offset + " does not end");
      }
      if (length == bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, length * 2);
      }
      bytes[length] = (byte) value;
    }
  }

  private long number(long offset, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      long next = unsignedByte(offset + i);
      value |= next << (8 * (order == ByteOrder.LITTLE_ENDIAN ? i : bytes - 1 - i));
    }
    return value;
  }

  private byte[] page(long number) throws IOException {
    byte[] page = pages.get(number);
    if (page == null) {
      if (pages.size() == MAX_PAGES) {
        throw new ElfFormatException("its headers are spread over too many places");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PAGE, size - number * PAGE));
      channel.position(number * PAGE);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      page = java.util.Arrays.copyOf(buffer.array(), buffer.position());
      pages.put(number, page);
    }
    return page;
  }
}
