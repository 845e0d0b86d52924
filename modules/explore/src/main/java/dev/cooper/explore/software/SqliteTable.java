package dev.cooper.explore.software;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rows of one table of an SQLite database, read out of the bytes of its file (SQLite's
 * "Database File Format", sections 1 and 2). What a write-ahead log beside the file would add is
 * not seen; whoever has the file's folder before them is to say so.
 */
final class SqliteTable {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int FILE_HEADER = 100;
  private static final int INTERIOR = 0x05;
  private static final int LEAF = 0x0d;

  /** RPM's tables and SQLite's own have five at most. */
  private static final int MOST_COLUMNS = 64;

  /** A tree of pages of the smallest size and fan-out is not as deep. */
  private static final int DEEPEST = 40;

  private final ByteBuffer file;
  private final int pageSize;
  private final int usable;
  private final Set<Integer> visited = new HashSet<>();
  private final Consumer<List<byte[]>> rows;
  private long bytesRead;

  private SqliteTable(byte[] bytes, Consumer<List<byte[]>> rows) throws IOException {
    this.rows = rows;
    file = ByteBuffer.wrap(bytes);
    int size = Short.toUnsignedInt(file.getShort(16));
    pageSize = size == 1 ? 65536 : size;
    usable = pageSize - Byte.toUnsignedInt(file.get(20));
    if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || usable < 480) {
      throw new IOException("pages of " + pageSize + " bytes");
    }
  }

  static boolean is(byte[] bytes) {
    return bytes.length >= FILE_HEADER
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Hands over the rows of a table; of each the values as their bytes, empty for NULL and for
   * numbers stored as constants.
   *
   * @return whether there is such a table
   * @throws IOException when it is no SQLite database, or is damaged; the rows before the damage
   *     have been handed over then
   */
  static boolean read(byte[] bytes, String table, Consumer<List<byte[]>> rows) throws IOException {
    if (!is(bytes)) {
      throw new IOException("not an SQLite database");
    }
    try {
      List<byte[]> roots = new ArrayList<>();
      SqliteTable schema =
          new SqliteTable(
              bytes,
              row -> {
                // type, name, tbl_name, rootpage, sql
                if (row.size() > 3
                    && text(row.get(0)).equals("table")
                    && text(row.get(1)).equals(table)) {
                  roots.add(row.get(3));
                }
              });
      schema.walk(1, 0);
      if (roots.isEmpty()) {
        return false;
      }
      new SqliteTable(bytes, rows).walk((int) number(roots.getFirst()), 0);
      return true;
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | IllegalArgumentException
        | ArithmeticException e) {
      throw new IOException("a damaged SQLite database", e);
    }
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private static long number(byte[] value) {
    long number = 0;
    for (byte b : value) {
      number = number << 8 | b & 0xff;
    }
    return number;
  }

  private void walk(int page, int depth) throws IOException {
    if (page < 1 || depth > DEEPEST || !visited.add(page)) {
      throw new IOException("page " + page + " cannot be here");
    }
    int start = (page - 1) * pageSize;
    int header = start + (page == 1 ? FILE_HEADER : 0);
    int type = file.get(header);
    int cells = Short.toUnsignedInt(file.getShort(header + 3));
    if (type != INTERIOR && type != LEAF) {
      throw new IOException("page " + page + " is of no table");
    }
    int pointers = header + (type == INTERIOR ? 12 : 8);
    for (int i = 0; i < cells; i++) {
      int cell = start + Short.toUnsignedInt(file.getShort(pointers + 2 * i));
      if (type == INTERIOR) {
        walk(file.getInt(cell), depth + 1);
      } else {
        byte[] payload = payload(cell);
        bytesRead += payload.length + 1;
        if (bytesRead > file.capacity()) {
          throw new IOException("rows that overlap");
        }
        rows.accept(record(payload));
      }
    }
    if (type == INTERIOR) {
      walk(file.getInt(header + 8), depth + 1);
    }
  }

  /** A leaf cell's payload, with what overflows into pages of its own. */
  private byte[] payload(int cell) throws IOException {
    file.position(cell);
    long size = varint(file);
    long unusedRowId = varint(file);
    if (size < 0 || size > file.capacity()) {
      throw new IOException("a row of " + size + " bytes");
    }
    byte[] payload = new byte[(int) size];
    int local = local(payload.length);
    file.get(payload, 0, local);
    int done = local;
    int next = done < payload.length ? file.getInt() : 0;
    while (done < payload.length) {
      if (next < 1) {
        throw new IOException("a row is cut short");
      }
      file.position(Math.multiplyExact(next - 1, pageSize));
      next = file.getInt();
      int count = Math.min(usable - 4, payload.length - done);
      file.get(payload, done, count);
      done += count;
    }
    return payload;
  }

  private int local(int size) {
    int most = usable - 35;
    if (size <= most) {
      return size;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int local = least + (size - least) % (usable - 4);
    return local <= most ? local : least;
  }

  private static List<byte[]> record(byte[] payload) throws IOException {
    ByteBuffer record = ByteBuffer.wrap(payload);
    long header = varint(record);
    List<Integer> sizes = new ArrayList<>();
    while (record.position() < header) {
      if (sizes.size() == MOST_COLUMNS) {
        throw new IOException("a row of more than " + MOST_COLUMNS + " columns");
      }
      long type = varint(record);
      sizes.add(
          type >= 12
              ? (int) Math.min(Integer.MAX_VALUE, (type - 12) / 2)
              : switch ((int) type) {
                case 1, 2, 3, 4 -> (int) type;
                case 5 -> 6;
                case 6, 7 -> 8;
                default -> 0;
              });
    }
    List<byte[]> values = new ArrayList<>();
    for (int size : sizes) {
      if (size > record.remaining()) {
        throw new IndexOutOfBoundsException("a value of " + size + " bytes");
      }
      byte[] value = new byte[size];
      record.get(value);
      values.add(value);
    }
    return values;
  }

  /** One to nine bytes of seven bits each, the ninth of eight. */
  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int b = bytes.get();
      value = value << 7 | b & 0x7f;
      if (b >= 0) {
        return value;
      }
    }
    return value << 8 | bytes.get() & 0xff;
  }
}
