package dev.cooper.disk.boot;

import dev.cooper.image.CooperException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A kernel module, as far as loading it goes.
 *
 * @param name with {@code _} for {@code -}, without {@code .ko}
 * @param needs the modules that must be loaded before it
 * @param aliases patterns, as a shell has them, of what devices call themselves that it drives
 * @param bytes the ELF file, not compressed
 */
record KernelModule(String name, List<String> needs, List<String> aliases, byte[] bytes) {
  /** Aliases that need no quoting in a pattern of a shell. */
  private static final Pattern PLAIN = Pattern.compile("alias=[A-Za-z0-9:*?\\[\\]_.,=+-]+");

  /**
   * Reads what a module says of itself in the section {@code .modinfo}.
   *
   * @param file its file name
   * @throws CooperException.Corrupt when it is not a module
   */
  static KernelModule parse(String file, byte[] bytes) {
    String name = nameOf(file);
    List<String> needs = new ArrayList<>();
    List<String> aliases = new ArrayList<>();
    for (String line : information(file, bytes).split("\0")) {
      if (line.startsWith("depends=")) {
        for (String need : line.substring("depends=".length()).split(",")) {
          if (!need.isEmpty()) {
            needs.add(need.replace('-', '_'));
          }
        }
      } else if (line.startsWith("alias=") && PLAIN.matcher(line).matches()) {
        aliases.add(line.substring("alias=".length()));
      }
    }
    return new KernelModule(name, List.copyOf(needs), List.copyOf(aliases), bytes);
  }

  /** The name that a file's name stands for; compressed or not. */
  static String nameOf(String file) {
    int end = file.indexOf(".ko");
    return (end < 0 ? file : file.substring(0, end)).replace('-', '_');
  }

  private static String information(String file, byte[] bytes) {
    ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (elf.getInt(0) != 0x464c457f) {
        throw new CooperException.Corrupt(file + " is not a kernel module");
      }
      long sections = elf.getLong(0x28);
      int entrySize = elf.getShort(0x3a);
      int count = elf.getShort(0x3c) & 0xffff;
      int names = (int) (sections + (long) entrySize * (elf.getShort(0x3e) & 0xffff));
      long nameTable = elf.getLong(names + 0x18);
      for (int i = 0; i < count; i++) {
        int section = (int) (sections + (long) entrySize * i);
        int name = (int) (nameTable + elf.getInt(section));
        if (text(bytes, name, ".modinfo".length() + 1).equals(".modinfo\0")) {
          return text(bytes, (int) elf.getLong(section + 0x18), (int) elf.getLong(section + 0x20));
        }
      }
      return "";
    } catch (IndexOutOfBoundsException e) {
      throw new CooperException.Corrupt(file + " is a damaged kernel module", null, e);
    }
  }

  private static String text(byte[] bytes, int start, int length) {
    int end = Math.min(bytes.length, start + length);
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
