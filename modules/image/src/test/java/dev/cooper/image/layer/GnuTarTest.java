package dev.cooper.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.MemoryBlobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What GNU tar writes is read, and what is written GNU tar reads. */
class GnuTarTest {
  @TempDir private Path directory;

  @BeforeEach
  void needsGnuTar() {
    Assumptions.assumeTrue(run("tar", "--version").contains("GNU tar"), "needs GNU tar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
  void readsEveryFormat(String format) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    boolean old = format.equals("v7");
    String longName = old ? "short" : "n".repeat(90) + "/" + "m".repeat(90);
    Files.createDirectories(tree.resolve(longName).getParent());
    Files.writeString(tree.resolve(longName), "long");
    Files.writeString(tree.resolve("unï"), "x".repeat(1000));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("l".repeat(old ? 99 : 100)));
    Files.createLink(tree.resolve("zhard"), tree.resolve("unï"));
    if (!old) {
      run("mkfifo", tree.resolve("pipe").toString());
    }
    Path tar = directory.resolve("a.tar");
    run(
        "tar",
        "--format=" + format,
        "--sort=name",
        "--mtime=@1234567890",
        "-C",
        tree.toString(),
        "-cf",
        tar.toString(),
        ".");
    Map<String, String> contents = new TreeMap<>();
    List<EntryType> types = new ArrayList<>();
    try (TarReader reader = new TarReader(FileChannel.open(tar))) {
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        types.add(entry.type());
        assertThat(entry.modified()).isEqualTo(Instant.ofEpochSecond(1_234_567_890));
        contents.put(
            entry.path(), entry.linkTarget() + new String(reader.content().readAllBytes(), UTF_8));
      }
    }
    assertThat(contents)
        .containsEntry(longName, "long")
        .containsEntry("unï", "x".repeat(1000))
        .containsEntry("zhard", "unï")
        .containsEntry("", "");
    assertThat(types).contains(EntryType.DIRECTORY, EntryType.SYMLINK, EntryType.HARD_LINK);
    assertThat(types.contains(EntryType.FIFO)).isEqualTo(!old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "posix 0.0", "posix 0.1", "posix 1.0"})
  void readsSparseFiles(String format) throws IOException {
    Path file = directory.resolve("sparse");
    byte[] expected = new byte[5_000_000];
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < 60; i++) {
        byte[] piece = ("piece " + i).getBytes(UTF_8);
        sparse.seek(i * 80_000L + 12_345);
        sparse.write(piece);
        System.arraycopy(piece, 0, expected, i * 80_000 + 12_345, piece.length);
      }
      sparse.setLength(expected.length);
    }
    Path after = Files.writeString(directory.resolve("z-after"), "after");
    Path tar = directory.resolve("a.tar");
    String[] words = format.split(" ");
    List<String> command = new ArrayList<>(List.of("tar", "-S", "--format=" + words[0]));
    if (words.length > 1) {
      command.add("--sparse-version=" + words[1]);
    }
    command.addAll(
        List.of(
            "-C",
            directory.toString(),
            "-cf",
            tar.toString(),
            "sparse",
            after.getFileName().toString()));
    run(command.toArray(String[]::new));
    assertThat(Files.size(tar)).isLessThan(1_000_000);
    try (TarReader reader = new TarReader(Files.newInputStream(tar))) {
      TarEntry entry = reader.next();
      assertThat(entry).isNotNull();
      assertThat(entry.path()).isEqualTo("sparse");
      assertThat(entry.size()).isEqualTo(expected.length);
      assertThat(reader.sparse()).isNotNull();
      assertThat(reader.content().readAllBytes()).isEqualTo(expected);
      assertThat(reader.next().path()).isEqualTo("z-after");
      assertThat(reader.content().readAllBytes()).asString().isEqualTo("after");
    }
    MemoryBlobs blobs = new MemoryBlobs();
    Layer layer;
    try (InputStream in = Files.newInputStream(tar)) {
      layer = LayerWriter.adopt(in, blobs);
    }
    assertThat(layer.blob().size()).isEqualTo(Files.size(tar));
    try (LayerBlob blob = new LayerBlob(blobs, layer.blob(), layer.diffId())) {
      LayerIndex.Entry indexed = layer.index().entries().getFirst();
      assertThat(blob.open(indexed).readAllBytes()).isEqualTo(expected);
      try (LayerBlob.Scan scan = blob.scan()) {
        assertThat(scan.next(indexed).readAllBytes()).isEqualTo(expected);
      }
    }
  }

  @Test
  void gnuTarUnpacksWhatIsWritten() throws IOException {
    String deep = "d".repeat(120) + "/" + "é".repeat(100);
    byte[] tar =
        Entries.tar(
            List.of(
                TarEntry.directory("").withMode(0711),
                TarEntry.directory("d".repeat(120)).withMode(0700),
                TarEntry.file(deep, 70_000).withMode(04755),
                TarEntry.hardLink("hard", deep),
                TarEntry.symlink("s", "t".repeat(300)),
                TarEntry.file("old", 3).withModified(Instant.ofEpochSecond(-5, 500_000_000)),
                TarEntry.fifo("pipe")));
    Path out = Files.createDirectory(directory.resolve("out"));
    Path file = Files.write(directory.resolve("a.tar"), tar);
    assertThat(run("tar", "--warning=no-timestamp", "-C", out.toString(), "-xpf", file.toString()))
        .isEmpty();
    TarEntry entry = TarEntry.file(deep, 70_000);
    assertThat(Files.readAllBytes(out.resolve(deep))).isEqualTo(Entries.contents(entry));
    assertThat(Files.getAttribute(out.resolve(deep), "unix:mode")).isEqualTo(0104755);
    assertThat(Files.getAttribute(out.resolve("hard"), "unix:ino"))
        .isEqualTo(Files.getAttribute(out.resolve(deep), "unix:ino"));
    assertThat(Files.readSymbolicLink(out.resolve("s"))).hasToString("t".repeat(300));
    assertThat(Files.getLastModifiedTime(out.resolve("old")).toInstant())
        .isEqualTo(Instant.ofEpochSecond(-5, 500_000_000));
    assertThat(run("tar", "-tvf", file.toString())).contains("hard link to " + "d".repeat(120));
    assertThat(Entries.read(new TarReader(new ByteArrayInputStream(tar)))).hasSize(7);
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    } catch (IOException | InterruptedException e) {
      return "";
    }
  }
}
