package dev.cooper.disk;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** An image with all that has been hard for writers of file systems. */
public final class NastyTree {
  private NastyTree() {}

  /** The image; its layers lie in the folder. */
  public static TarImage in(Path folder) throws IOException {
    Path sparse = sparseLayer(folder);
    Path lower = folder.resolve("lower.tar");
    try (Layer layer = new Layer(lower)) {
      times(layer);
      owners(layer);
      links(layer);
      devices(layer);
      attributes(layer);
      contents(layer);
      manyEntries(layer);
      layer.file("replaced/by-file/inside", "gone");
      layer.file("replaced-by-directory", "gone");
      layer.file("opaque/below", "gone");
      layer.file("removed", "gone");
      layer.file("kept", "linked from above");
      layer.add(TarEntry.directory("lost+found").withMode(0700).withOwner(3, 4));
    }
    Path upper = folder.resolve("upper.tar");
    try (Layer layer = new Layer(upper)) {
      layer.file("replaced/by-file", "new");
      layer.file("replaced-by-directory/inside", "new");
      // Whiteouts come after and before what they hide, as they like.
      layer.file("opaque/above", "new");
      layer.add(TarEntry.opaque("opaque"));
      layer.add(TarEntry.whiteout("removed"));
      layer.add(TarEntry.hardLink("deep/missing/parents/link", "kept"));
      layer.add(TarEntry.hardLink("another-name-of-kept", "kept"));
    }
    return TarImage.of(ContainerConfig.EMPTY, sparse, lower, upper);
  }

  private static void times(Layer layer) throws IOException {
    long[] seconds = {-2_147_483_648L, -1, 0, 2_147_483_647L, 4_294_967_296L, 15_032_385_535L};
    for (long second : seconds) {
      Instant time = Instant.ofEpochSecond(second, 123_456_789);
      layer.add(TarEntry.file("times/" + second, 0).withModified(time));
    }
  }

  private static void owners(Layer layer) throws IOException {
    for (long id : new long[] {0, 65_535, 65_536, 70_000, 4_294_967_294L}) {
      layer.add(TarEntry.file("owners/" + id, 0).withOwner(id, id));
    }
    for (int mode : new int[] {0, 0644, 01777, 02755, 04755, 07777}) {
      layer.add(TarEntry.file("modes/%04o".formatted(mode), 0).withMode(mode));
      layer.add(TarEntry.directory("modes/d%04o".formatted(mode)).withMode(mode));
    }
  }

  private static void links(Layer layer) throws IOException {
    for (int length : new int[] {1, 59, 60, 61, 4095}) {
      layer.add(TarEntry.symlink("links/" + length, "t".repeat(length)));
    }
    layer.add(TarEntry.hardLink("links/hard-link-to-a-symbolic-one", "links/60"));
    layer.file("names/" + "n".repeat(255), "long name");
    layer.file("names/\udc80\udcff not UTF-8", "bytes");
    layer.file("names/\u00fcml\u00e4ut \ud83d\ude00", "wide");
    layer.file("names/ \t\n\"'\\*", "quotes");
  }

  private static void devices(Layer layer) throws IOException {
    EntryType character = EntryType.CHARACTER_DEVICE;
    layer.add(TarEntry.device("devices/null", character, 1, 3).withMode(0666));
    layer.add(TarEntry.device("devices/large", character, 4000, 1_000_000));
    layer.add(TarEntry.device("devices/minor", EntryType.BLOCK_DEVICE, 8, 256));
    layer.add(TarEntry.fifo("devices/fifo").withMode(0600));
  }

  private static void attributes(Layer layer) throws IOException {
    byte[] capability = new byte[20];
    ByteBuffer.wrap(capability).order(ByteOrder.LITTLE_ENDIAN).putInt(0x02000001).putInt(0x2400);
    ByteBuffer list = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    acl(list, 0x01, 6, -1);
    acl(list, 0x02, 4, 70_000);
    acl(list, 0x04, 4, -1);
    acl(list, 0x10, 4, -1);
    acl(list, 0x20, 0, -1);
    byte[] random = new byte[60_000];
    new Random(7).nextBytes(random);
    layer.add(
        TarEntry.file("attributes/capability", 0)
            .withXattrs(Map.of("security.capability", capability)));
    layer.add(
        TarEntry.file("attributes/list", 0)
            .withMode(0640)
            .withXattrs(Map.of("system.posix_acl_access", list.array())));
    layer.add(
        TarEntry.directory("attributes/default")
            .withXattrs(Map.of("system.posix_acl_default", list.array())));
    layer.add(
        TarEntry.file("attributes/many", 0)
            .withXattrs(
                Map.of(
                    "user.b", new byte[300],
                    "user.a", new byte[200],
                    "user.ab", "x".getBytes(),
                    "user.empty", new byte[0],
                    "trusted.overlay.opaque", "y".getBytes(),
                    "security.capability", capability,
                    "user.c", new byte[400])));
    layer.add(
        TarEntry.file("attributes/large", 0)
            .withXattrs(Map.of("user.large", random, "user.small", "s".getBytes())));
    layer.add(
        TarEntry.symlink("attributes/link", "nowhere")
            .withXattrs(Map.of("trusted.of.link", "t".getBytes())));
  }

  private static void acl(ByteBuffer list, int tag, int permissions, int id) {
    list.putShort((short) tag).putShort((short) permissions).putInt(id);
  }

  private static void contents(Layer layer) throws IOException {
    Random random = new Random(11);
    for (int size : new int[] {1, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      layer.add(TarEntry.file("contents/" + size, 0), bytes);
    }
    layer.add(TarEntry.file("contents/zeros", 0), new byte[3_000_000]);
    byte[] mixed = new byte[4_000_000];
    for (int i = 0; i < mixed.length; i += 9 * 4096) {
      mixed[i] = 1;
    }
    layer.add(TarEntry.file("contents/many-holes", 0), mixed);
    byte[] end = new byte[1_500_000];
    end[end.length - 1] = 1;
    layer.add(TarEntry.file("contents/zeros-then-one", 0), end);
  }

  private static void manyEntries(Layer layer) throws IOException {
    for (int i = 0; i < 3000; i++) {
      layer.add(TarEntry.file("many/" + i + "-" + "x".repeat(i % 200), 0));
    }
    for (int i = 0; i < 300; i++) {
      layer.add(TarEntry.directory("many-directories/" + i));
    }
  }

  /** A file of 45 GiB that is nearly all holes, as GNU tar writes it. */
  private static Path sparseLayer(Path folder) throws IOException {
    Path files = Files.createDirectory(folder.resolve("sparse"));
    try (RandomAccessFile file = new RandomAccessFile(files.resolve("huge").toFile(), "rw")) {
      for (long gibibyte : new long[] {0, 3, 5, 43, 44}) {
        file.seek((gibibyte << 30) + 5000 * gibibyte);
        file.write(("at " + gibibyte).getBytes());
      }
      file.setLength(45L << 30);
    }
    Path tar = folder.resolve("sparse.tar");
    Tool.succeed("tar", "-C", files.toString(), "--sparse", "-cf", tar.toString(), "huge");
    return tar;
  }
}
