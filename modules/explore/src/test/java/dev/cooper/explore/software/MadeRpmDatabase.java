package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Adler32;

/** Headers of packages as RPM keeps them, and databases of ndb and of Berkeley DB with them. */
final class MadeRpmDatabase {
  private MadeRpmDatabase() {}

  /** Packages p0, p1 … of growing size; the eighth is a key, every third has an epoch of 2. */
  static List<byte[]> headers(int count) {
    List<byte[]> headers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = i == 7 ? "gpg-pubkey" : "p" + i;
      headers.add(header(name, "1." + i, i % 3 == 2 ? 2 : 0, i * 61));
    }
    return headers;
  }

  /** What is to be found in {@link #headers}. */
  static List<Fact> software(int count) {
    List<Fact> software = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i != 7) {
        software.add(software("p" + i, (i % 3 == 2 ? "2:" : "") + "1." + i + "-2"));
      }
    }
    return software;
  }

  static Fact.Software software(String name, String version) {
    return new Fact.Software("rpm", "", name, version, "noarch", "MIT", name + ".src.rpm");
  }

  /** A header; its release is 2, its architecture noarch, its licence MIT. */
  static byte[] header(String name, String version, int epoch, int padding) {
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    ByteArrayOutputStream store = new ByteArrayOutputStream();
    string(index, store, 1000, name);
    string(index, store, 1001, version);
    string(index, store, 1002, "2");
    string(index, store, 1014, "MIT");
    string(index, store, 1022, "noarch");
    string(index, store, 1044, name + ".src.rpm");
    store.writeBytes(new byte[(4 - store.size() % 4) % 4]);
    if (epoch != 0) {
      entry(index, 1003, 4, store.size(), 1);
      store.writeBytes(ByteBuffer.allocate(4).putInt(epoch).array());
    }
    entry(index, 5000, 7, store.size(), padding);
    store.writeBytes(new byte[padding]);
    return ByteBuffer.allocate(8 + index.size() + store.size())
        .putInt(index.size() / 16)
        .putInt(store.size())
        .put(index.toByteArray())
        .put(store.toByteArray())
        .array();
  }

  private static void string(
      ByteArrayOutputStream index, ByteArrayOutputStream store, int tag, String value) {
    entry(index, tag, 6, store.size(), 1);
    store.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    store.write(0);
  }

  private static void entry(ByteArrayOutputStream index, int tag, int type, int at, int count) {
    index.writeBytes(
        ByteBuffer.allocate(16).putInt(tag).putInt(type).putInt(at).putInt(count).array());
  }

  /** A database of ndb with free slots between the used ones, and a gap between two blobs. */
  static byte[] ndb(List<byte[]> headers) {
    int pages = 1 + (2 * headers.size() + 2) / 256;
    int size = pages * 4096;
    for (byte[] header : headers) {
      size += blocks(header.length) * 16 + 16;
    }
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RpmP".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(9).putInt(pages);
    file.putInt(headers.size() + 1);
    for (int at = 32; at < pages * 4096; at += 16) {
      file.put(at, "Slot".getBytes(StandardCharsets.US_ASCII));
    }
    int block = pages * 256;
    for (int i = 0; i < headers.size(); i++) {
      byte[] header = headers.get(i);
      int blocks = blocks(header.length);
      file.position(32 + 32 * i + 4).putInt(i + 1).putInt(block).putInt(blocks);
      int start = block * 16;
      file.position(start).put("BlbS".getBytes(StandardCharsets.US_ASCII)).putInt(i + 1).putInt(9);
      file.putInt(header.length).put(header);
      int tail = start + blocks * 16 - 12;
      Adler32 sum = new Adler32();
      sum.update(file.array(), start, tail - start);
      file.position(tail).putInt((int) sum.getValue()).putInt(header.length);
      file.put("BlbE".getBytes(StandardCharsets.US_ASCII));
      block += blocks + 1;
    }
    return file.array();
  }

  private static int blocks(int length) {
    return (16 + length + 12 + 15) / 16;
  }

  /** A hash database of Berkeley DB with 16 buckets. */
  static byte[] berkeley(List<byte[]> headers, int pageSize, ByteOrder order) {
    return new Berkeley(pageSize, order).write(headers);
  }

  private static final class Berkeley {
    private static final int BUCKETS = 16;

    private final int pageSize;
    private final ByteOrder order;
    private final List<ByteBuffer> pages = new ArrayList<>();

    Berkeley(int pageSize, ByteOrder order) {
      this.pageSize = pageSize;
      this.order = order;
    }

    byte[] write(List<byte[]> headers) {
      ByteBuffer metadata = page(8);
      metadata.putInt(12, 0x061561).putInt(16, 9).putInt(20, pageSize);
      metadata.putInt(72, BUCKETS - 1).putInt(76, 2 * BUCKETS - 1).putInt(80, BUCKETS - 1);
      for (int doublings = 0; 1 << doublings <= BUCKETS; doublings++) {
        // What one doubling's buckets need beside their own pages lies before those of the next.
        int first = doublings == 0 ? 0 : 1 << doublings - 1;
        int end = 1 << doublings;
        metadata.putInt(96 + 4 * doublings, pages.size() - first);
        List<ByteBuffer> own = new ArrayList<>();
        for (int bucket = first; bucket < end; bucket++) {
          own.add(page(13));
        }
        for (int bucket = first; bucket < end; bucket++) {
          fill(own.get(bucket - first), bucket, headers);
        }
      }
      metadata.putInt(32, pages.size() - 1);
      ByteBuffer file = ByteBuffer.allocate(pages.size() * pageSize);
      pages.forEach(page -> file.put(page.array()));
      return file.array();
    }

    private void fill(ByteBuffer page, int bucket, List<byte[]> headers) {
      ByteBuffer last = page;
      // The counter is package 0.
      for (int i = bucket; i <= headers.size(); i += BUCKETS) {
        byte[] value = i == 0 ? new byte[] {1, 2, 3, 4} : headers.get(i - 1);
        byte[] key = ByteBuffer.allocate(5).order(order).put((byte) 1).putInt(i).array();
        byte[] item = value.length > pageSize / 4 ? offPage(value) : inline(value);
        if (!put(last, key, item)) {
          ByteBuffer next = page(13);
          last.putInt(16, number(next));
          next.putInt(12, number(last));
          put(next, key, item);
          last = next;
        }
      }
    }

    private boolean put(ByteBuffer page, byte[] key, byte[] item) {
      int entries = page.getShort(20);
      int end = Short.toUnsignedInt(page.getShort(22));
      end = end == 0 ? pageSize : end;
      int start = end - key.length - item.length;
      if (start < 26 + 2 * (entries + 2)) {
        return false;
      }
      page.put(start, item).put(end - key.length, key);
      page.putShort(26 + 2 * entries, (short) (end - key.length));
      page.putShort(28 + 2 * entries, (short) start);
      page.putShort(20, (short) (entries + 2)).putShort(22, (short) start);
      return true;
    }

    private static byte[] inline(byte[] value) {
      return ByteBuffer.allocate(1 + value.length).put((byte) 1).put(value).array();
    }

    private byte[] offPage(byte[] value) {
      int first = pages.size();
      ByteBuffer previous = null;
      for (int at = 0; at < value.length; at += pageSize - 26) {
        ByteBuffer page = page(7);
        int length = Math.min(pageSize - 26, value.length - at);
        page.putShort(20, (short) 1).putShort(22, (short) length).put(26, value, at, length);
        if (previous != null) {
          previous.putInt(16, number(page));
          page.putInt(12, number(previous));
        }
        previous = page;
      }
      return ByteBuffer.allocate(12)
          .order(order)
          .putInt(4, first)
          .putInt(8, value.length)
          .put(0, (byte) 3)
          .array();
    }

    private ByteBuffer page(int type) {
      ByteBuffer page = ByteBuffer.allocate(pageSize).order(order);
      page.putInt(8, pages.size()).put(25, (byte) type);
      pages.add(page);
      return page;
    }

    private static int number(ByteBuffer page) {
      return page.getInt(8);
    }
  }
}
