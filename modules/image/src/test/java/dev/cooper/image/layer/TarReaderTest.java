package dev.cooper.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.MemoryBlobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only foreign or hostile archives hold, block by block. */
class TarReaderTest {
  private static final int MANY = 40_000;

  @Test
  void globalHeadersHoldUntilTheyAreReplaced() throws IOException {
    Blocks tar = new Blocks();
    tar.pax('g', "uid=77", "comment=x");
    tar.header("a", '0', 0);
    tar.pax('x', "uid=5");
    tar.header("b", '0', 0);
    tar.pax('g', "uid=");
    tar.header("c", '0', 0);
    assertThat(tar.read()).extracting(TarEntry::uid).containsExactly(77L, 5L, 0L);
  }

  @Test
  void gnuLongNamesWinOverTheHeader() throws IOException {
    String path = "d/" + "n".repeat(200);
    Blocks tar = new Blocks();
    tar.header("././@LongLink", 'L', path.length() + 1).contents(path + "\0");
    tar.header("././@LongLink", 'K', 121).contents("t".repeat(120) + "\0");
    tar.header("short", '2', 0);
    TarEntry entry = tar.read().getFirst();
    assertThat(entry.path()).isEqualTo(path);
    assertThat(entry.linkTarget()).isEqualTo("t".repeat(120));
  }

  @Test
  void readsBase256AndSignedNumbers() throws IOException {
    Blocks tar = new Blocks();
    byte[] header = Blocks.block("a", '0', 0);
    Arrays.fill(header, TarHeader.UID, TarHeader.UID + 8, (byte) 0);
    header[TarHeader.UID] = (byte) 0x80;
    header[TarHeader.UID + 4] = (byte) 0xFF;
    Arrays.fill(header, TarHeader.MTIME, TarHeader.MTIME + 12, (byte) 0xFF);
    tar.add(Blocks.seal(header));
    TarEntry entry = tar.read().getFirst();
    assertThat(entry.uid()).isEqualTo(0xFF000000L);
    assertThat(entry.modified()).isEqualTo(Instant.ofEpochSecond(-1));
  }

  @Test
  void oldArchivesMarkDirectoriesByTheirName() throws IOException {
    Blocks tar = new Blocks();
    byte[] header = Blocks.block("d/", (char) 0, 0);
    Arrays.fill(header, TarHeader.MAGIC, TarHeader.MAGIC + 8, (byte) 0);
    tar.add(Blocks.seal(header));
    assertThat(tar.read().getFirst().type()).isEqualTo(EntryType.DIRECTORY);
  }

  @Test
  void hardLinksWithASizeHaveNoContents() throws IOException {
    Blocks tar = new Blocks();
    tar.header("a", '0', 3).contents("abc");
    byte[] link = Blocks.block("b", '1', 3);
    link[TarHeader.LINK_NAME] = 'a';
    tar.add(Blocks.seal(link));
    tar.header("c", '0', 0);
    assertThat(tar.read()).extracting(TarEntry::path).containsExactly("a", "b", "c");
  }

  @Test
  void readsExtendedAttributesAsLibarchiveWritesThem() throws IOException {
    Blocks tar = new Blocks();
    tar.pax('x', "LIBARCHIVE.xattr.user.a%20b=aGVsbG8", "SCHILY.xattr.user.c=raw");
    tar.header("a", '0', 0);
    Map<String, byte[]> xattrs = tar.read().getFirst().xattrs();
    assertThat(xattrs).containsOnlyKeys("user.a b", "user.c");
    assertThat(xattrs.get("user.a b")).isEqualTo("hello".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "./a/b, a/b",
    "/a, a",
    "//a///b/, a/b",
    "././., ''",
    "a/./b, a/b",
    "./, ''",
    "/, ''",
  })
  void cleansPaths(String given, String clean) throws IOException {
    assertThat(new Blocks().header(given, '5', 0).read().getFirst().path()).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../a", "a/..", "a/../b", "/..", "./../a"})
  void refusesPathsThatClimb(String path) {
    assertThatThrownBy(() -> new Blocks().header(path, '5', 0).read())
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("malformed tar archive at byte 0: unsafe path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 uid=1\n",
        "x",
        "9 uid=1",
        "0 uid=1\n",
        "99999999999999999999 a=b\n",
        " 8 uid=1\n",
        "7 uid1\n",
        "5 =1\n",
        "9 uid=-1\n",
        "10 size=zz\n",
        "14 mtime=noon\n",
      })
  void refusesMalformedRecords(String records) {
    Blocks tar = new Blocks();
    tar.header("PaxHeaders.0/a", 'x', records.length()).contents(records);
    tar.header("a", '0', 0);
    assertThatThrownBy(tar::read).isInstanceOf(CooperException.Corrupt.class);
  }

  @Test
  void boundsHeaders() {
    Blocks large = new Blocks();
    large.header("x", 'x', (1 << 20) + 1);
    assertThatThrownBy(large::read).hasMessageContaining("extended header of 1048577 bytes");
    Blocks path = new Blocks();
    path.pax('x', "path=" + "a/".repeat(2100));
    path.header("a", '0', 0);
    assertThatThrownBy(path::read).hasMessageContaining("path of more than 4096 bytes");
  }

  @Test
  void namesTheByteWhereAnArchiveEnds() throws IOException {
    byte[] tar = new Blocks().header("a", '0', 5000).contents("x".repeat(5000)).bytes();
    for (int length : new int[] {1, 511, 513, 3000, 5511}) {
      byte[] cut = Arrays.copyOf(tar, length);
      for (TarReader reader :
          List.of(
              new TarReader(new ByteArrayInputStream(cut)),
              new TarReader(new MemoryBlobs.MemoryChannel(cut)))) {
        assertThatThrownBy(() -> Entries.read(reader))
            .isInstanceOf(CooperException.Corrupt.class)
            .hasMessage("truncated tar archive: it ends at byte " + length);
      }
    }
  }

  @Test
  void anArchiveMayEndWithoutItsLastBlocks() throws IOException {
    byte[] tar = new Blocks().header("a", '0', 1).contents("x").bytes();
    for (int length : new int[] {513, 514, 1023, 1024}) {
      byte[] cut = Arrays.copyOf(tar, length);
      assertThat(Entries.read(new TarReader(new ByteArrayInputStream(cut)))).hasSize(1);
      assertThat(Entries.read(new TarReader(new MemoryBlobs.MemoryChannel(cut)))).hasSize(1);
    }
    assertThat(Entries.read(new TarReader(InputStream.nullInputStream()))).isEmpty();
  }

  @Test
  void textIsNoArchive() {
    byte[] text = "hello\n".repeat(200).getBytes(UTF_8);
    assertThatThrownBy(() -> Entries.read(new TarReader(new ByteArrayInputStream(text))))
        .hasMessage("malformed tar archive at byte 0: not a tar header (checksum mismatch)");
  }

  @Test
  void unknownTypesAreRefused() {
    assertThatThrownBy(() -> new Blocks().header("a", 'M', 0).read())
        .hasMessageContaining("unknown type 77, M");
  }

  @Test
  void contentsCannotBeReadAfterTheReaderWentOn() throws IOException {
    byte[] tar =
        new Blocks().header("a", '0', 1).contents("x").header("b", '0', 1).contents("y").bytes();
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    reader.next();
    InputStream first = reader.content();
    reader.next();
    assertThatThrownBy(first::read).isInstanceOf(IOException.class);
    assertThat(reader.content().read()).isEqualTo('y');
  }

  @Test
  void manyEntriesFlowThrough() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      for (int i = 0; i < MANY; i++) {
        tar.write(TarEntry.file("d" + i % 100 + "/f" + i, i % 700), new Zeros());
      }
    }
    int count = 0;
    try (TarReader reader = new TarReader(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        assertThat(entry.path()).isEqualTo("d" + count % 100 + "/f" + count);
        count++;
      }
    }
    assertThat(count).isEqualTo(MANY);
  }

  /** Mutated archives end, with entries or with a complaint, and nothing else. */
  @Property(tries = 3000)
  void neverFailsInAnotherWay(
      @ForAll @IntRange(min = 0, max = 1 << 30) int where,
      @ForAll byte value,
      @ForAll @IntRange(min = 0, max = 3) int more,
      @ForAll @IntRange(min = 0, max = 20) int cut)
      throws IOException {
    byte[] tar = Hostile.SEED.clone();
    tar[where % tar.length] = value;
    for (int i = 1; i <= more; i++) {
      tar[(where + i * 7919) % tar.length] = (byte) (value + i * 31);
    }
    byte[] given = cut == 0 ? Arrays.copyOf(tar, where % tar.length) : tar;
    boolean resealed = cut % 2 == 1;
    if (resealed) {
      Hostile.reseal(given);
    }
    readAll(new TarReader(new ByteArrayInputStream(given)));
    readAll(new TarReader(new MemoryBlobs.MemoryChannel(given)));
  }

  private static void readAll(TarReader reader) throws IOException {
    try {
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        if (entry.size() < 1 << 20) {
          assertThat(reader.content().readAllBytes()).hasSize((int) entry.size());
        }
      }
    } catch (CooperException.Corrupt expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    }
  }

  private static final class Zeros extends InputStream {
    @Override
    public int read() {
      return 0;
    }
  }

  /** An archive with something of everything, to be mutated. */
  private static final class Hostile {
    static final byte[] SEED = seed();

    private static byte[] seed() {
      Blocks tar = new Blocks();
      tar.pax('g', "uname=all");
      tar.header("dir/", '5', 0);
      tar.pax('x', "path=dir/ü", "size=600", "mtime=1.5", "SCHILY.xattr.user.a=b");
      tar.header("x", '0', 600).contents("c".repeat(600));
      tar.header("././@LongLink", 'L', 120).contents("l".repeat(119) + "\0");
      tar.header("l", '0', 0);
      tar.pax(
          'x',
          "GNU.sparse.major=1",
          "GNU.sparse.minor=0",
          "GNU.sparse.name=s",
          "GNU.sparse.realsize=5000");
      tar.header("GNUSparseFile.0/s", '0', 1024)
          .contents("2\n100\n12\n4000\n500\n" + "\0".repeat(494) + "d".repeat(512));
      tar.pax('x', "GNU.sparse.size=90", "GNU.sparse.map=10,5,50,5");
      tar.header("t", '0', 10).contents("0123456789");
      byte[] old = Blocks.block("o", 'S', 5);
      Blocks.octal(old, 386, 12, 7);
      Blocks.octal(old, 398, 12, 5);
      Blocks.octal(old, 483, 12, 100);
      tar.add(Blocks.seal(old)).contents("01234");
      byte[] link = Blocks.block("h", '1', 0);
      link[TarHeader.LINK_NAME] = 'o';
      tar.add(Blocks.seal(link));
      return tar.bytes();
    }

    /** Puts right every checksum, so that mutations get past it. */
    static void reseal(byte[] tar) {
      for (int at = 0; at + 512 <= tar.length; at += 512) {
        if (tar[at + TarHeader.MAGIC] == 'u' && tar[at + TarHeader.MAGIC + 1] == 's') {
          byte[] block = Blocks.seal(Arrays.copyOfRange(tar, at, at + 512));
          System.arraycopy(block, 0, tar, at, 512);
        }
      }
    }
  }

  @Test
  void theSeedOfMutationsIsSound() throws IOException {
    assertThat(Entries.read(new TarReader(new ByteArrayInputStream(Hostile.SEED))))
        .extracting(TarEntry::path)
        .containsExactly("dir", "dir/ü", "l".repeat(119), "s", "t", "o", "h");
  }

  /**
   * Base-256 reaches to 2^95; rounded up to blocks, or added to an offset, it would be negative.
   */
  @Test
  void sizesThatNoFileHasAreRefused() {
    for (int first : new int[] {0x7f, 0x40}) {
      byte[] header = Blocks.block("huge", '0', 0);
      Arrays.fill(header, TarHeader.SIZE, TarHeader.SIZE + 12, (byte) 0xff);
      header[TarHeader.SIZE] = (byte) 0x80;
      Arrays.fill(header, TarHeader.SIZE + 1, TarHeader.SIZE + 4, (byte) 0);
      header[TarHeader.SIZE + 4] = (byte) first;
      assertThatThrownBy(() -> new Blocks().add(Blocks.seal(header)).read())
          .isInstanceOf(CooperException.Corrupt.class)
          .hasMessageContaining("malformed size");
    }
    for (String record : new String[] {"size=9223372036854775807", "size=4611686018427387905"}) {
      assertThatThrownBy(() -> new Blocks().pax('x', record).header("huge", '0', 0).read())
          .isInstanceOf(CooperException.Corrupt.class);
    }
  }
}
