package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases as SQLite itself writes them, through Python's module of it. */
class RpmDatabaseTest {
  /** 300 packages, some larger than a page, one a key; their headers as RPM lays them out. */
  private static final String SCRIPT =
      """
      import sqlite3, struct, sys
      def header(name, version, release, epoch, arch, license, padding):
          store, index = b'', []
          for tag, text in ((1000, name), (1001, version), (1002, release), (1014, license), (1022, arch)):
              index.append((tag, 6, len(store), 1)); store += text.encode() + b'\\0'
          store += b'\\0' * (-len(store) % 4)
          if epoch:
              index.append((1003, 4, len(store), 1)); store += struct.pack('>I', epoch)
          index.append((5000, 7, len(store), padding)); store += b'x' * padding
          return struct.pack('>II', len(index), len(store)) + b''.join(struct.pack('>IIII', *i) for i in index) + store
      database = sqlite3.connect(sys.argv[1])
      database.execute('PRAGMA page_size = %s' % sys.argv[2])
      database.execute('CREATE TABLE Other (a TEXT)')
      database.execute('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)')
      for i in range(300):
          name = 'gpg-pubkey' if i == 7 else 'package%03d' % i
          blob = header(name, '1.%d' % i, '2.fc40', i % 3, 'x86_64', 'MIT', i * 97)
          database.execute('INSERT INTO Packages (blob) VALUES (?)', (blob,))
      database.commit()
      """;

  @TempDir Path folder;

  private byte[] database(int pageSize) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "SKIPPED: apt-get install python3");
    Path file = folder.resolve("rpmdb.sqlite");
    Process process =
        new ProcessBuilder(
                "/usr/bin/python3", "-c", SCRIPT, file.toString(), Integer.toString(pageSize))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  @Test
  void everyPackageIsFoundWhateverThePages() throws Exception {
    for (int pageSize : List.of(512, 4096, 65536)) {
      List<Fact.Software> found = RpmDatabase.read(database(pageSize));
      assertThat(found).hasSize(299).doesNotHaveDuplicates();
      assertThat(found)
          .contains(
              new Fact.Software("rpm", "", "package003", "1.3-2.fc40", "x86_64", "MIT"),
              new Fact.Software("rpm", "", "package299", "2:1.299-2.fc40", "x86_64", "MIT"));
    }
  }

  @Test
  void theBillNamesThemByTheirPackageUrls() throws Exception {
    ExploredImage image =
        new MadeImage()
            .layer(
                "COPY fedora /",
                l ->
                    l.file("etc/os-release", "ID=fedora\n")
                        .file(TarEntry.file("var/lib/rpm/Packages", 0), new byte[100])
                        .file(TarEntry.file("var/lib/rpm/rpmdb.sqlite", 0), unchecked(4096)))
            .open();
    BillOfMaterials bill = BillOfMaterials.of(image, "fedora", FactsCache.NONE);
    assertThat(bill.components()).hasSize(299);
    assertThat(bill.components())
        .extracting(Component::purl)
        .contains(
            "pkg:rpm/fedora/package000@1.0-2.fc40?arch=x86_64",
            "pkg:rpm/fedora/package001@1.1-2.fc40?arch=x86_64&epoch=1");
    assertThat(bill.unread()).containsExactly("/var/lib/rpm/Packages");
  }

  private byte[] unchecked(int pageSize) {
    try {
      return database(pageSize);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void damageIsNoticedAndEnds() throws Exception {
    byte[] whole = database(1024);
    assertThatThrownBy(() -> SqliteTable.read(new byte[200], "Packages"))
        .isInstanceOf(IOException.class);
    assertThat(SqliteTable.read(whole, "Nothing")).isEmpty();
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 20; j++) {
        damaged[16 + random.nextInt(j < 10 ? 2000 : damaged.length - 16)] = (byte) random.nextInt();
      }
      // Whatever it finds, it neither fails otherwise nor runs for ever.
      assertThat(RpmDatabase.read(damaged)).hasSizeLessThan(2000);
    }
    assertThat(RpmDatabase.read(java.util.Arrays.copyOf(whole, whole.length / 2)))
        .hasSizeLessThan(300);
  }
}
