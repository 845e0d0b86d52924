package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What RPM notes as installed, in any of the databases that it has had: SQLite since 4.16, SUSE's
 * own, and Berkeley DB before.
 */
public final class RpmDatabase {
  private static final Set<String> FOLDERS =
      Set.of("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm");
  private static final Set<String> NAMES = Set.of("rpmdb.sqlite", "Packages.db", "Packages");

  /** A write-ahead log of this many bytes holds nothing ("Database File Format", 4.1). */
  public static final int EMPTY_LOG = 32;

  private RpmDatabase() {}

  /** Whether a path is one where a database of RPM lies. */
  public static boolean is(String path) {
    int slash = path.lastIndexOf('/');
    return slash > 0
        && NAMES.contains(path.substring(slash + 1))
        && FOLDERS.contains(path.substring(0, slash));
  }

  /**
   * Where the write-ahead log of a database lies, in which SQLite keeps the newest transactions
   * until it takes them over ("Write-Ahead Logging", section 2.1); empty for other databases.
   *
   * @param path of a database of RPM
   */
  public static Optional<String> log(String path) {
    return path.endsWith("/rpmdb.sqlite") ? Optional.of(path + "-wal") : Optional.empty();
  }

  /** The packages installed, and of a database that is damaged what is sound and that it is. */
  static List<Fact> read(byte[] database) {
    List<Fact> found = new ArrayList<>();
    // Of many damages the first; a file of nothing else must not fill the memory with them.
    AtomicReference<String> damage = new AtomicReference<>();
    try {
      headers(
          database,
          bytes -> {
            try {
              RpmHeader header = RpmHeader.of(bytes);
              if (!header.isKey()) {
                found.add(header.software());
              }
            } catch (IllegalArgumentException e) {
              damage.compareAndSet(null, e.getMessage());
            }
          });
    } catch (IOException e) {
      damage.compareAndSet(null, e.getMessage());
    }
    if (damage.get() != null) {
      found.add(new Fact.Unread(damage.get()));
    }
    return found;
  }

  /** Hands over each header; as the readers of the databases when something is damaged. */
  static void headers(byte[] database, Consumer<byte[]> each) throws IOException {
    if (NdbDatabase.is(database)) {
      NdbDatabase.read(database, each);
    } else if (BerkeleyHash.is(database)) {
      BerkeleyHash.read(database, each);
    } else if (SqliteTable.is(database)) {
      // hnum, blob: the number is the row's own, so its column is empty.
      if (!SqliteTable.read(
          database, "Packages", row -> each.accept(row.isEmpty() ? new byte[0] : row.getLast()))) {
        throw new IOException("no table of packages");
      }
    } else {
      throw new IOException("neither SQLite, ndb nor a hash of Berkeley DB");
    }
  }
}
