package dev.cooper.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes small ELF files, of any class and byte order, for tests: headers and a dynamic section. */
final class ElfBytes {
  private static final int BASE = 0x400000;

  private int bits = 64;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int machine = 62;
  private int type = 3;
  private String interpreter = "";
  private final List<Map.Entry<Long, String>> texts = new ArrayList<>();
  private final List<Map.Entry<Long, Long>> numbers = new ArrayList<>();
  private final Map<String, List<String>> wants = new HashMap<>();
  private final List<String> offers = new ArrayList<>();

  static ElfBytes library(String soname) {
    return new ElfBytes().text(14, soname);
  }

  static ElfBytes program(String interpreter) {
    ElfBytes elf = new ElfBytes();
    elf.interpreter = interpreter;
    return elf;
  }

  ElfBytes machine(int number, int newBits, ByteOrder newOrder) {
    machine = number;
    bits = newBits;
    order = newOrder;
    return this;
  }

  ElfBytes type(int number) {
    type = number;
    return this;
  }

  ElfBytes needs(String... names) {
    for (String name : names) {
      text(1, name);
    }
    return this;
  }

  ElfBytes rpath(String path) {
    return text(15, path);
  }

  ElfBytes runpath(String path) {
    return text(29, path);
  }

  ElfBytes flags1(long value) {
    numbers.add(Map.entry(0x6ffffffbL, value));
    return this;
  }

  ElfBytes wants(String library, String... versions) {
    wants.put(library, List.of(versions));
    return this;
  }

  ElfBytes offers(String... versions) {
    offers.addAll(List.of(versions));
    return this;
  }

  private ElfBytes text(long tag, String value) {
    texts.add(Map.entry(tag, value));
    return this;
  }

  byte[] bytes() {
    boolean wide = bits == 64;
    int header = wide ? 64 : 52;
    int segmentSize = wide ? 56 : 32;
    int segments = interpreter.isEmpty() ? 2 : 3;
    Strings strings = new Strings();
    int interpreterAt = header + segments * segmentSize;
    byte[] loader = interpreter.isEmpty() ? new byte[0] : (interpreter + "\0").getBytes(utf8());
    ByteBuffer needs = buffer(4096);
    wants.forEach((library, versions) -> putNeed(needs, strings, library, versions));
    ByteBuffer definitions = buffer(4096);
    putDefinitions(definitions, strings);
    int needsAt = align(interpreterAt + loader.length);
    int definitionsAt = align(needsAt + needs.position());
    int dynamicAt = align(definitionsAt + definitions.position());
    List<long[]> entries = new ArrayList<>();
    texts.forEach(e -> entries.add(new long[] {e.getKey(), strings.add(e.getValue())}));
    numbers.forEach(e -> entries.add(new long[] {e.getKey(), e.getValue()}));
    if (!wants.isEmpty()) {
      entries.add(new long[] {0x6ffffffeL, BASE + needsAt});
      entries.add(new long[] {0x6fffffffL, wants.size()});
    }
    if (!offers.isEmpty()) {
      entries.add(new long[] {0x6ffffffcL, BASE + definitionsAt});
      entries.add(new long[] {0x6ffffffdL, offers.size() + 1});
    }
    int dynamicSize = (entries.size() + 2) * (wide ? 16 : 8);
    int stringsAt = dynamicAt + dynamicSize;
    entries.add(new long[] {5, BASE + stringsAt});
    entries.add(new long[] {0, 0});
    byte[] table = strings.bytes();
    ByteBuffer file = buffer(stringsAt + table.length);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put((byte) 1);
    file.position(16);
    file.putShort((short) type).putShort((short) machine).putInt(1);
    word(file, 0);
    word(file, header);
    word(file, 0);
    file.putInt(0).putShort((short) header).putShort((short) segmentSize);
    file.putShort((short) segments).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    if (!interpreter.isEmpty()) {
      segment(file, 3, interpreterAt, loader.length);
    }
    segment(file, 1, 0, file.capacity());
    segment(file, 2, dynamicAt, dynamicSize);
    file.put(interpreterAt, loader);
    file.put(needsAt, needs.array(), 0, needs.position());
    file.put(definitionsAt, definitions.array(), 0, definitions.position());
    file.position(dynamicAt);
    for (long[] entry : entries) {
      word(file, entry[0]);
      word(file, entry[1]);
    }
    file.put(stringsAt, table);
    return file.array();
  }

  private void putNeed(ByteBuffer out, Strings strings, String library, List<String> versions) {
    boolean last = library.equals(List.copyOf(wants.keySet()).getLast());
    out.putShort((short) 1).putShort((short) versions.size()).putInt(strings.add(library));
    out.putInt(16).putInt(last ? 0 : 16 + 16 * versions.size());
    for (int i = 0; i < versions.size(); i++) {
      out.putInt(0).putShort((short) 0).putShort((short) 2).putInt(strings.add(versions.get(i)));
      out.putInt(i == versions.size() - 1 ? 0 : 16);
    }
  }

  private void putDefinitions(ByteBuffer out, Strings strings) {
    for (int i = 0; i <= offers.size(); i++) {
      out.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0)).putShort((short) (i + 1));
      out.putShort((short) 1).putInt(0).putInt(20).putInt(i == offers.size() ? 0 : 28);
      out.putInt(strings.add(i == 0 ? "self" : offers.get(i - 1))).putInt(0);
    }
  }

  private void segment(ByteBuffer file, int kind, int offset, int size) {
    file.putInt(kind);
    if (bits == 64) {
      file.putInt(4);
      file.putLong(offset).putLong(BASE + offset).putLong(BASE + offset);
      file.putLong(size).putLong(size).putLong(8);
    } else {
      file.putInt(offset).putInt(BASE + offset).putInt(BASE + offset);
      file.putInt(size).putInt(size).putInt(4).putInt(4);
    }
  }

  private void word(ByteBuffer file, long value) {
    if (bits == 64) {
      file.putLong(value);
    } else {
      file.putInt((int) value);
    }
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }

  private static int align(int offset) {
    return (offset + 7) & ~7;
  }

  private static java.nio.charset.Charset utf8() {
    return StandardCharsets.UTF_8;
  }

  /** A string table. */
  private static final class Strings {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Strings() {
      out.write(0);
    }

    int add(String text) {
      int at = out.size();
      out.writeBytes((text + "\0").getBytes(utf8()));
      return at;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
