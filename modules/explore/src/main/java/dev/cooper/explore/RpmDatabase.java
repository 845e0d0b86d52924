package dev.cooper.explore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What RPM notes as installed: each package's header (RPM's "Package format", "Header format"), in
 * a database of SQLite. The databases of older releases, Berkeley DB and SUSE's own, are not read.
 */
final class RpmDatabase {
  private static final Set<String> PATHS =
      Set.of(
          "var/lib/rpm/rpmdb.sqlite",
          "usr/lib/sysimage/rpm/rpmdb.sqlite",
          "usr/share/rpm/rpmdb.sqlite");
  private static final Set<String> UNREADABLE =
      Set.of(
          "var/lib/rpm/Packages",
          "var/lib/rpm/Packages.db",
          "usr/lib/sysimage/rpm/Packages",
          "usr/lib/sysimage/rpm/Packages.db");

  private static final int NAME = 1000;
  private static final int VERSION = 1001;
  private static final int RELEASE = 1002;
  private static final int EPOCH = 1003;
  private static final int LICENSE = 1014;
  private static final int ARCHITECTURE = 1022;
  private static final int TYPE_INT32 = 4;
  private static final int TYPE_STRING = 6;
  private static final int TYPE_TRANSLATED = 9;
  private static final int ENTRY = 16;
  private static final int MOST_ENTRIES = 65536;

  private RpmDatabase() {}

  static boolean is(String path) {
    return PATHS.contains(path);
  }

  /** Whether a file is a database of RPM in a form that is not read here. */
  static boolean isUnreadable(String path) {
    return UNREADABLE.contains(path);
  }

  /** The packages installed; empty when the database is damaged. */
  static List<Fact.Software> read(byte[] database) {
    List<Fact.Software> found = new ArrayList<>();
    try {
      Optional<List<List<byte[]>>> rows = SqliteTable.read(database, "Packages");
      for (List<byte[]> row : rows.orElse(List.of())) {
        // hnum, blob: the number is the row's own, so its column is empty.
        header(row.getLast()).ifPresent(found::add);
      }
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }

  private static Optional<Fact.Software> header(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < 8) {
      return Optional.empty();
    }
    int entries = header.getInt(0);
    long store = 8 + (long) entries * ENTRY;
    if (entries < 0 || entries > MOST_ENTRIES || store > bytes.length) {
      return Optional.empty();
    }
    Map<Integer, String> values = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      int at = 8 + i * ENTRY;
      int tag = header.getInt(at);
      int type = header.getInt(at + 4);
      long value = store + header.getInt(at + 8);
      if (value < store || value >= bytes.length) {
        continue;
      }
      if (type == TYPE_STRING || type == TYPE_TRANSLATED) {
        values.putIfAbsent(tag, string(bytes, (int) value));
      } else if (type == TYPE_INT32 && value + 4 <= bytes.length) {
        values.putIfAbsent(tag, Integer.toUnsignedString(header.getInt((int) value)));
      }
    }
    String name = values.getOrDefault(NAME, "");
    // A key to check packages with is kept like a package, but is none.
    if (name.isEmpty() || name.equals("gpg-pubkey")) {
      return Optional.empty();
    }
    String epoch = values.getOrDefault(EPOCH, "0");
    return Optional.of(
        new Fact.Software(
            "rpm",
            "",
            name,
            (epoch.equals("0") ? "" : epoch + ":")
                + values.getOrDefault(VERSION, "")
                + "-"
                + values.getOrDefault(RELEASE, ""),
            values.getOrDefault(ARCHITECTURE, ""),
            values.getOrDefault(LICENSE, "")));
  }

  private static String string(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
