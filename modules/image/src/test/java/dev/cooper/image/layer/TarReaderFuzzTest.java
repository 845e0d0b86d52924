package dev.cooper.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.CooperException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Archives damaged at random: whatever is in them, a reader ends with an entry, an end or a failure
 * that names the damage. Nothing else, and not more bytes than there were.
 */
class TarReaderFuzzTest {
  private static final byte[] VALID = valid();

  /** One entry of each kind that the reader knows. */
  private static byte[] valid() {
    String name = "n".repeat(120);
    return new Blocks()
        .pax('g', "comment=global")
        .header("dir/", '5', 0)
        .header("dir/file", '0', 700)
        .contents("c".repeat(700))
        .pax(
            'x',
            "path=" + "p".repeat(300),
            "mtime=1234567890.123456789",
            "uid=2097152",
            "SCHILY.xattr.user.a=b",
            "size=3")
        .header("short", '0', 3)
        .contents("abc")
        .header("././@LongLink", 'L', name.length() + 1)
        .contents(name + "\0")
        .header("cut", '0', 0)
        .pax(
            'x',
            "GNU.sparse.major=1",
            "GNU.sparse.minor=0",
            "GNU.sparse.name=sparse",
            "GNU.sparse.realsize=100000")
        .header("GNUSparseFile.0/sparse", '0', 1024)
        .contents("1\n4096\n512\n" + "\0".repeat(501) + "s".repeat(512))
        .pax('x', "GNU.sparse.numblocks=1", "GNU.sparse.size=9000", "GNU.sparse.map=0,5")
        .header("old-sparse", '0', 5)
        .contents("12345")
        .header("link", '2', 0)
        .header("hard", '1', 0)
        .header("device", '3', 0)
        .header("label", 'V', 0)
        .bytes();
  }

  @Property(tries = 3000)
  void damageIsNeverMoreThanAFailure(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] archive = VALID.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      damage(archive, random);
    }
    if (random.nextInt(4) == 0) {
      archive = Arrays.copyOf(archive, random.nextInt(archive.length));
    }
    read(archive, random.nextBoolean());
  }

  /** One that had shown the list of names in a dumped directory as contents. */
  @Example
  void aDamagedTypeMayBeThatOfADumpedDirectory() {
    damageIsNeverMoreThanAFailure(905);
  }

  private static void damage(byte[] archive, Random random) {
    int block = random.nextInt(archive.length / TarHeader.BLOCK) * TarHeader.BLOCK;
    int field =
        switch (random.nextInt(6)) {
          case 0 -> TarHeader.SIZE;
          case 1 -> TarHeader.TYPE;
          case 2 -> TarHeader.MODE;
          case 3 -> TarHeader.MTIME;
          default -> random.nextInt(TarHeader.BLOCK);
        };
    int length = random.nextInt(13);
    for (int i = field; i < Math.min(field + length, TarHeader.BLOCK); i++) {
      archive[block + i] =
          random.nextInt(3) == 0
              ? (byte) 0xFF
              : random.nextBoolean() ? (byte) ('0' + random.nextInt(10)) : (byte) random.nextInt();
    }
    if (random.nextInt(4) != 0) {
      // A reader that stops at every wrong checksum would see little of the rest.
      byte[] header = Arrays.copyOfRange(archive, block, block + TarHeader.BLOCK);
      System.arraycopy(Blocks.seal(header), 0, archive, block, TarHeader.BLOCK);
    }
  }

  private static void read(byte[] archive, boolean contents) {
    try (TarReader reader = new TarReader(new ByteArrayInputStream(archive))) {
      int entries = 0;
      for (TarEntry entry; (entry = reader.next()) != null; ) {
        assertThat(entry.path()).doesNotStartWith("/").doesNotContain("../");
        assertThat(entry.size()).isNotNegative();
        assertThat(reader.contentOffset()).isBetween(0L, (long) archive.length);
        assertThat(++entries).isLessThanOrEqualTo(archive.length / TarHeader.BLOCK);
        if (contents) {
          // A hole may be as large as a file system allows: it is not read to its end.
          InputStream in = reader.content();
          byte[] first = in.readNBytes(1 << 16);
          assertThat((long) first.length).isLessThanOrEqualTo(entry.size());
        }
      }
    } catch (CooperException | IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
