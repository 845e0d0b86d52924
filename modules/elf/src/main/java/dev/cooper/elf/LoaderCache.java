package dev.cooper.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file {@code /etc/ld.so.cache} that ldconfig makes: library names and where they are. Read in
 * its new form ({@code glibc-ld.so.cache1.1}), alone or after one of the old form, as every glibc
 * since 2.2 writes it. Anything else, and a damaged one, counts as empty, as the loader does.
 */
final class LoaderCache {
  static final LoaderCache EMPTY = new LoaderCache(Map.of());

  private static final byte[] MAGIC = "glibc-ld.so.cache1.1".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER = 48;
  private static final int ENTRY = 24;
  private static final int MAX_STRING = 4096;

  /** In an entry's capabilities: the low half is an index into the list of subfolder names. */
  private static final long NAMED_CAPABILITY = 1L << 62;

  private static final int EXTENSION_MAGIC = 0xEAA42174;
  private static final int CAPABILITY_NAMES = 1;

  /** A path, and the capability it needs or the empty string. */
  private record Place(String path, String capability) {}

  private final Map<String, List<Place>> places;

  private LoaderCache(Map<String, List<Place>> places) {
    this.places = places;
  }

  /** Reads a cache; what cannot be read is left out. */
  static LoaderCache parse(byte[] file) {
    int start = indexOf(file, MAGIC);
    if (start < 0 || file.length - start < HEADER) {
      return EMPTY;
    }
    ByteBuffer buffer = ByteBuffer.wrap(file, start, file.length - start).slice();
    buffer.order((buffer.get(28) & 3) == 3 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long count = Integer.toUnsignedLong(buffer.getInt(20));
    if (buffer.get(28) == 0 && HEADER + count * ENTRY > buffer.limit()) {
      // Older writers left the byte order out; then the count tells.
      buffer.order(ByteOrder.BIG_ENDIAN);
      count = Integer.toUnsignedLong(buffer.getInt(20));
    }
    if (HEADER + count * ENTRY > buffer.limit()) {
      return EMPTY;
    }
    List<String> names = capabilityNames(buffer);
    Map<String, List<Place>> places = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int at = HEADER + i * ENTRY;
      String key = string(buffer, buffer.getInt(at + 4));
      String value = string(buffer, buffer.getInt(at + 8));
      long capabilities = buffer.getLong(at + 16);
      if (key.isEmpty() || !value.startsWith("/")) {
        continue;
      }
      if (capabilities == 0) {
        places.computeIfAbsent(key, k -> new ArrayList<>()).add(new Place(value, ""));
      } else if ((capabilities & ~0xffffffffL) == NAMED_CAPABILITY
          && (int) capabilities >= 0
          && (int) capabilities < names.size()) {
        places
            .computeIfAbsent(key, k -> new ArrayList<>())
            .add(new Place(value, names.get((int) capabilities)));
      }
    }
    return new LoaderCache(places);
  }

  /** The paths under this name: those for a capability first, in the order given. */
  List<String> find(String name, List<String> capabilities) {
    List<Place> known = places.getOrDefault(name, List.of());
    List<String> paths = new ArrayList<>();
    for (String capability : capabilities) {
      for (Place place : known) {
        if (place.capability().equals(capability)) {
          paths.add(place.path());
        }
      }
    }
    for (Place place : known) {
      if (place.capability().isEmpty()) {
        paths.add(place.path());
      }
    }
    return paths;
  }

  private static List<String> capabilityNames(ByteBuffer buffer) {
    long at = Integer.toUnsignedLong(buffer.getInt(32));
    if (at == 0 || at + 8 > buffer.limit() || buffer.getInt((int) at) != EXTENSION_MAGIC) {
      return List.of();
    }
    long sections = Integer.toUnsignedLong(buffer.getInt((int) at + 4));
    List<String> names = new ArrayList<>();
    for (long i = 0; i < sections && at + 8 + (i + 1) * 16 <= buffer.limit(); i++) {
      int section = (int) (at + 8 + i * 16);
      long offset = Integer.toUnsignedLong(buffer.getInt(section + 8));
      long size = Integer.toUnsignedLong(buffer.getInt(section + 12));
      if (buffer.getInt(section) == CAPABILITY_NAMES && offset + size <= buffer.limit()) {
        for (long j = 0; j + 4 <= size; j += 4) {
          names.add(string(buffer, buffer.getInt((int) (offset + j))));
        }
      }
    }
    return names;
  }

  private static String string(ByteBuffer buffer, int offset) {
    if (offset < 0 || offset >= buffer.limit()) {
      return "";
    }
    int end = offset;
    while (end < buffer.limit() && end - offset < MAX_STRING && buffer.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - offset];
    buffer.get(offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] text, byte[] wanted) {
    for (int i = 0; i + wanted.length <= text.length; i++) {
      if (java.util.Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
