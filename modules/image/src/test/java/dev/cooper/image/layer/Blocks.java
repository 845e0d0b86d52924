package dev.cooper.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** An archive made block by block, right or wrong, for tests of the reader. */
final class Blocks {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] block(String name, char type, long size) {
    byte[] block = new byte[TarHeader.BLOCK];
    byte[] bytes = name.getBytes(UTF_8);
    System.arraycopy(bytes, 0, block, 0, Math.min(bytes.length, TarHeader.NAME_LENGTH));
    octal(block, TarHeader.MODE, 8, 0644);
    octal(block, TarHeader.UID, 8, 0);
    octal(block, TarHeader.GID, 8, 0);
    octal(block, TarHeader.SIZE, 12, size);
    octal(block, TarHeader.MTIME, 12, 0);
    block[TarHeader.TYPE] = (byte) type;
    System.arraycopy("ustar\00000".getBytes(UTF_8), 0, block, TarHeader.MAGIC, 8);
    return seal(block);
  }

  static void octal(byte[] block, int at, int field, long value) {
    byte[] digits = ("%0" + (field - 1) + "o").formatted(value).getBytes(UTF_8);
    System.arraycopy(digits, 0, block, at, field - 1);
  }

  /** Puts the checksum right. */
  static byte[] seal(byte[] block) {
    int sum = 0;
    for (int i = 0; i < TarHeader.BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xFF;
    }
    System.arraycopy("%06o\0 ".formatted(sum).getBytes(UTF_8), 0, block, 148, 8);
    return block;
  }

  Blocks add(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Blocks header(String name, char type, long size) {
    return add(block(name, type, size));
  }

  Blocks contents(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    add(bytes);
    return add(new byte[-bytes.length & TarHeader.BLOCK - 1]);
  }

  Blocks pax(char type, String... records) {
    StringBuilder text = new StringBuilder();
    for (String record : records) {
      int rest = record.getBytes(UTF_8).length + 2;
      int length = rest + Integer.toString(rest).length();
      length = rest + Integer.toString(length).length();
      text.append(length).append(' ').append(record).append('\n');
    }
    return header("PaxHeaders.0/x", type, text.toString().getBytes(UTF_8).length)
        .contents(text.toString());
  }

  /** The archive so far, with its end. */
  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    whole.writeBytes(new byte[2 * TarHeader.BLOCK]);
    return whole.toByteArray();
  }

  List<TarEntry> read() throws IOException {
    return Entries.read(new TarReader(new ByteArrayInputStream(bytes())));
  }
}
