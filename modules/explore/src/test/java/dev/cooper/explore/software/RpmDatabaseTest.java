package dev.cooper.explore.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.MadeImage;
import dev.cooper.explore.bill.BillOfMaterials;
import dev.cooper.explore.bill.Component;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    // Debian's python3-minimal comes without the module.
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/python3"))
            && new ProcessBuilder("/usr/bin/python3", "-c", "import sqlite3").start().waitFor()
                == 0,
        "SKIPPED: apt-get install python3");
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
      List<Fact> found = RpmDatabase.read(database(pageSize));
      assertThat(found).hasSize(299).doesNotHaveDuplicates();
      assertThat(found)
          .contains(
              new Fact.Software("rpm", "", "package003", "1.3-2.fc40", "x86_64", "MIT", ""),
              new Fact.Software("rpm", "", "package299", "2:1.299-2.fc40", "x86_64", "MIT", ""));
    }
  }

  @Test
  void theBillNamesThemByTheirPackageUrls() throws Exception {
    ExploredImage image =
        new MadeImage()
            .layer(
                "COPY fedora /",
                l ->
                    l.file("etc/os-release", "ID=fedora\nVERSION_ID=40\n")
                        .file(TarEntry.file("var/lib/rpm/Packages", 0), new byte[100])
                        .file(TarEntry.file("var/lib/rpm/rpmdb.sqlite", 0), unchecked(4096)))
            .open();
    BillOfMaterials bill = BillOfMaterials.of(image, "fedora", FactsCache.NONE);
    assertThat(bill.components()).hasSize(299);
    assertThat(bill.components())
        .extracting(Component::purl)
        .contains(
            "pkg:rpm/fedora/package000@1.0-2.fc40?arch=x86_64&distro=fedora-40",
            "pkg:rpm/fedora/package001@1.1-2.fc40?arch=x86_64&distro=fedora-40&epoch=1");
    assertThat(bill.unread())
        .containsExactly(
            new BillOfMaterials.UnreadDatabase(
                "/var/lib/rpm/Packages", "neither SQLite, ndb nor a hash of Berkeley DB"));
  }

  private byte[] unchecked(int pageSize) {
    try {
      return database(pageSize);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void ndbIsRead() {
    for (int count : List.of(0, 1, 7, 300)) {
      byte[] database = MadeRpmDatabase.ndb(MadeRpmDatabase.headers(count));
      assertThat(RpmDatabase.read(database)).isEqualTo(MadeRpmDatabase.software(count));
    }
  }

  @Test
  void berkeleyDbIsReadInEitherByteOrderWhateverThePages() {
    for (int pageSize : List.of(512, 4096, 65536)) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        for (int count : List.of(0, 1, 300)) {
          byte[] database =
              MadeRpmDatabase.berkeley(MadeRpmDatabase.headers(count), pageSize, order);
          assertThat(RpmDatabase.read(database))
              .as("%d packages in pages of %d, %s", count, pageSize, order)
              .containsExactlyInAnyOrderElementsOf(MadeRpmDatabase.software(count));
        }
      }
    }
  }

  /** Berkeley DB before 4.6 did not sort a page's items, and said so by the page's type. */
  @Test
  void olderPagesAreRead() {
    byte[] database =
        MadeRpmDatabase.berkeley(MadeRpmDatabase.headers(50), 4096, ByteOrder.BIG_ENDIAN);
    database[19] = 8;
    for (int at = 25; at < database.length; at += 4096) {
      database[at] = database[at] == 13 ? 2 : database[at];
    }
    assertThat(RpmDatabase.read(database))
        .containsExactlyInAnyOrderElementsOf(MadeRpmDatabase.software(50));
    database[19] = 7;
    assertThat(RpmDatabase.read(database))
        .containsExactly(new Fact.Unread("version 7 of Berkeley DB"));
  }

  /** SQLite's newest transactions may be in no file but the log. */
  @Test
  void aLogBesideADatabaseIsSaidNotToBeRead() throws Exception {
    for (int size : List.of(0, 32, 33)) {
      ExploredImage image =
          new MadeImage()
              .layer(
                  "COPY fedora /",
                  l ->
                      l.file(TarEntry.file("var/lib/rpm/rpmdb.sqlite", 0), new byte[100])
                          .file(TarEntry.file("var/lib/rpm/rpmdb.sqlite-wal", 0), new byte[size])
                          .file(TarEntry.file("var/lib/rpm/Packages-wal", 0), new byte[size]))
              .open();
      assertThat(BillOfMaterials.of(image, "fedora", FactsCache.NONE).unread())
          .extracting(BillOfMaterials.UnreadDatabase::why)
          .filteredOn(why -> why.contains("log"))
          .hasSize(size > 32 ? 1 : 0)
          .allMatch("a write-ahead log beside it is not read"::equals);
    }
  }

  @Test
  void ofATagThatIsThereManyTimesTheFirstIsRead() {
    ByteBuffer header = ByteBuffer.allocate(8 + 3 * 16 + 4 + 5000).putInt(3).putInt(5004);
    header.putInt(1000).putInt(6).putInt(0).putInt(1);
    header.putInt(1000).putInt(6).putInt(4).putInt(1);
    header.putInt(1014).putInt(6).putInt(4).putInt(1);
    header.put("abc\0".getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(header.array(), header.position(), header.capacity() - 1, (byte) 'x');
    assertThat(RpmHeader.of(header.array()).software().name()).isEqualTo("abc");
    // Too long a text for a name is none for a licence.
    assertThat(RpmHeader.of(header.array()).software().license()).hasSize(4999);
    header.putInt(8 + 8, 4);
    assertThatThrownBy(() -> RpmHeader.of(header.array()))
        .hasMessage("a text of more than 4096 bytes in a header");
  }

  @Test
  void rowsHaveAsManyColumnsAsTablesHaveInEarnest() {
    for (int columns : List.of(64, 65)) {
      // One page of a table: its first cell's row, whose columns are all empty.
      ByteBuffer file = ByteBuffer.allocate(512);
      file.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII)).putShort((short) 512);
      file.put(100, (byte) 13).putShort(103, (short) 1).putShort(108, (short) 200);
      file.put(200, (byte) (columns + 1)).put(201, (byte) 1).put(202, (byte) (columns + 1));
      assertThat(RpmDatabase.read(file.array()))
          .containsExactly(
              new Fact.Unread(
                  columns == 64 ? "no table of packages" : "a row of more than 64 columns"));
    }
  }

  /** A package that is damaged is missing and said to be; the others are there. */
  @Test
  void damageCostsOnlyWhatItHits() {
    List<byte[]> headers = MadeRpmDatabase.headers(100);
    byte[] ndb = MadeRpmDatabase.ndb(headers);
    ndb[ndb.length - 200] ^= 1;
    assertThat(RpmDatabase.read(ndb))
        .hasSize(99)
        .endsWith(new Fact.Unread("package 100 is damaged"))
        .startsWith(MadeRpmDatabase.software(50).toArray(Fact[]::new));

    byte[] berkeley = MadeRpmDatabase.berkeley(headers, 512, ByteOrder.BIG_ENDIAN);
    int last = berkeley.length / 512 - 1;
    berkeley[last * 512 + 25] = 9;
    assertThat(RpmDatabase.read(berkeley))
        .hasSize(99)
        .endsWith(new Fact.Unread("page " + last + " is damaged"));
    byte[] cut = Arrays.copyOf(MadeRpmDatabase.ndb(headers), 50_000);
    assertThat(RpmDatabase.read(cut)).hasSizeBetween(10, 90).last().isInstanceOf(Fact.Unread.class);
  }

  @Test
  void ringsOfPagesEnd() {
    byte[] database =
        MadeRpmDatabase.berkeley(MadeRpmDatabase.headers(200), 512, ByteOrder.LITTLE_ENDIAN);
    ByteBuffer file = ByteBuffer.wrap(database).order(ByteOrder.LITTLE_ENDIAN);
    for (int page = 1; page < database.length / 512; page++) {
      file.putInt(page * 512 + 16, page % 7 + 1);
    }
    assertThat(RpmDatabase.read(database))
        .hasSizeLessThan(200)
        .last()
        .isInstanceOf(Fact.Unread.class);
    // All buckets on one page.
    for (int i = 0; i < 32; i++) {
      file.putInt(96 + 4 * i, -i);
    }
    file.putInt(72, -1);
    assertThat(RpmDatabase.read(database))
        .hasSizeLessThan(200)
        .last()
        .isInstanceOf(Fact.Unread.class);
  }

  @Test
  void emptyFilesAndOtherDatabasesAreNamed() throws Exception {
    byte[] berkeley =
        MadeRpmDatabase.berkeley(MadeRpmDatabase.headers(3), 4096, ByteOrder.LITTLE_ENDIAN);
    byte[] encrypted = berkeley.clone();
    encrypted[24] = 1;
    assertThat(RpmDatabase.read(encrypted))
        .containsExactly(new Fact.Unread("a database of Berkeley DB with encryption or checksums"));
    ExploredImage image =
        new MadeImage()
            .layer(
                "COPY suse /",
                l ->
                    l.file("etc/os-release", "ID=\"opensuse-leap\"\nVERSION_ID=\"15.6\"\n")
                        .file(
                            TarEntry.file("usr/lib/sysimage/rpm/Packages.db", 0),
                            MadeRpmDatabase.ndb(MadeRpmDatabase.headers(3)))
                        .file("usr/share/rpm/Packages", "")
                        .file(TarEntry.file("var/lib/rpm/Packages", 0), berkeley))
            .open();
    BillOfMaterials bill = BillOfMaterials.of(image, "suse", FactsCache.NONE);
    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:rpm/opensuse/p0@1.0-2?arch=noarch&distro=opensuse-leap-15.6&upstream=p0.src.rpm",
            "pkg:rpm/opensuse/p1@1.1-2?arch=noarch&distro=opensuse-leap-15.6&upstream=p1.src.rpm",
            "pkg:rpm/opensuse/p2@1.2-2?arch=noarch&distro=opensuse-leap-15.6&epoch=2"
                + "&upstream=p2.src.rpm");
    assertThat(bill.unread())
        .containsExactly(
            new BillOfMaterials.UnreadDatabase("/usr/share/rpm/Packages", "it is empty"));
  }

  /** Images of ostree's store every file under its digest, and link it to where it belongs. */
  @Test
  void aDatabaseThatIsStoredUnderAnotherNameIsFound() throws Exception {
    ExploredImage image =
        new MadeImage()
            .layer(
                "COPY ostree /",
                l ->
                    l.file(
                            TarEntry.file("sysroot/ostree/repo/objects/01/23.file", 0),
                            MadeRpmDatabase.ndb(MadeRpmDatabase.headers(2)))
                        .entry(
                            TarEntry.hardLink(
                                "usr/share/rpm/Packages.db",
                                "sysroot/ostree/repo/objects/01/23.file")))
            .open();
    assertThat(BillOfMaterials.of(image, "ostree", FactsCache.NONE).components())
        .extracting(Component::path)
        .containsExactly("/usr/share/rpm/Packages.db", "/usr/share/rpm/Packages.db");
  }

  @Test
  void damageIsNoticedAndEnds() throws Exception {
    byte[] whole = database(1024);
    assertThatThrownBy(() -> SqliteTable.read(new byte[200], "Packages", row -> {}))
        .isInstanceOf(IOException.class);
    assertThat(SqliteTable.read(whole, "Nothing", row -> {})).isFalse();
    mutate(whole, 100);
  }

  @Test
  void noDamageMakesTheReadersFailOrRunForEver() {
    List<byte[]> headers = MadeRpmDatabase.headers(60);
    mutate(MadeRpmDatabase.ndb(headers), 1000);
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      mutate(MadeRpmDatabase.berkeley(headers, 512, order), 400);
      mutate(MadeRpmDatabase.berkeley(headers, 4096, order), 400);
    }
  }

  /** Whatever is found in a damaged database, it cannot be more than its bytes hold. */
  private static void mutate(byte[] whole, int times) {
    Random random = new Random(1);
    for (int i = 0; i < times; i++) {
      byte[] damaged =
          i % 5 == 4 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      int near = Math.min(damaged.length, i % 2 == 0 ? 2000 : 8000);
      for (int j = 0; j < 1 + i % 20 && damaged.length > 16; j++) {
        int at = random.nextInt(12, j % 2 == 0 ? Math.max(near, 16) : damaged.length);
        // Small and extreme numbers lead further astray than any.
        damaged[at] =
            switch (random.nextInt(4)) {
              case 0 -> (byte) random.nextInt(20);
              case 1 -> -1;
              default -> (byte) random.nextInt();
            };
      }
      long[] bytes = {0};
      try {
        RpmDatabase.headers(damaged, header -> bytes[0] += header.length);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
      assertThat(bytes[0]).as("round %d", i).isLessThanOrEqualTo(damaged.length);
      assertThat(RpmDatabase.read(damaged)).as("round %d", i).hasSizeLessThan(2000);
    }
  }
}
