package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusyboxBaseTest {
  private static final Instant CREATED = Instant.parse("2025-01-02T03:04:05Z");

  @TempDir Path directory;

  private static Path binary() {
    try {
      return BusyboxBase.hostBinary();
    } catch (CooperException.NotFound e) {
      return Assumptions.abort("busybox-static is not installed");
    }
  }

  /** Enough of an ELF file to be believed, and then the text of a busybox. */
  private Path made(int machine, boolean bigEndian, String... applets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] header = new byte[64];
    header[0] = 0x7f;
    header[1] = 'E';
    header[2] = 'L';
    header[3] = 'F';
    header[4] = 2; // 64 bits
    header[5] = (byte) (bigEndian ? 2 : 1);
    header[6] = 1;
    header[bigEndian ? 17 : 16] = 2; // ET_EXEC
    header[bigEndian ? 18 : 19] = (byte) (machine >> 8);
    header[bigEndian ? 19 : 18] = (byte) machine;
    header[bigEndian ? 23 : 20] = 1;
    header[bigEndian ? 53 : 52] = 64; // e_ehsize
    header[bigEndian ? 55 : 54] = 56; // e_phentsize
    out.write(header);
    out.write("BusyBox v9.8.7 (test)\0zzz\0".getBytes(StandardCharsets.US_ASCII));
    for (String applet : applets) {
      out.write((applet + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    out.write("Usage: busybox\0busybox\0".getBytes(StandardCharsets.US_ASCII));
    return Files.write(directory.resolve("made" + machine), out.toByteArray());
  }

  @Test
  void theCommandsAreThoseThatTheBinaryNames() throws Exception {
    Path binary = binary();
    Process list = new ProcessBuilder(binary.toString(), "--list").start();
    List<String> expected =
        new ArrayList<>(
            new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
    assertThat(list.waitFor()).isZero();
    expected.remove("busybox");
    assertThat(BusyboxBase.of(binary, BusyboxOptions.DEFAULT).applets())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void itIsARootFileSystem() throws IOException {
    MemoryBlobs blobs = new MemoryBlobs();
    BaseImage.Written written =
        BusyboxBase.of(binary(), BusyboxOptions.DEFAULT).image().writeTo(blobs, CREATED);
    FileTree tree = FileTree.of(List.of(written.layer().index()));
    for (String path :
        List.of("bin/sh", "bin/ls", "sbin/init", "usr/bin/env", "lib64", "var/run")) {
      assertThat(tree.lookup(path)).as(path).isNotNull();
    }
    for (FileNode node : tree.walk()) {
      if (node.type() == EntryType.SYMLINK) {
        FileNode target = tree.resolve(node.path());
        assertThat(target).as(node.path() + " leads somewhere").isNotNull();
      }
      assertThat(node.entry().uid()).isZero();
      assertThat(node.entry().modified()).isEqualTo(Instant.EPOCH);
    }
    FileNode shell = tree.resolve("/bin/sh");
    assertThat(shell).isNotNull();
    assertThat(shell.path()).isEqualTo("bin/busybox");
    assertThat(tree.resolve("usr/sbin/chroot").path()).isEqualTo("bin/busybox");
    assertThat(tree.lookup("lib").entry().linkTarget()).isEqualTo("usr/lib");
    assertThat(tree.lookup("tmp").entry().mode()).isEqualTo(01777);
    assertThat(tree.lookup("etc/shadow").entry().mode()).isEqualTo(0600);

    Image image = Image.read(blobs, written.manifest(), Platform.host());
    assertThat(image.configDigest()).isEqualTo(written.id());
    assertThat(image.config().platform()).isEqualTo(Platform.host());
    assertThat(image.config().config().cmd()).containsExactly("/bin/sh");
    assertThat(image.config().created()).isEqualTo(CREATED);
    assertThat(written.layer().blob().size()).isBetween(1_000_000L, 3_500_000L);
  }

  @Test
  void theSameBinaryGivesTheSameImage() throws IOException {
    Path copy = Files.copy(binary(), directory.resolve("elsewhere"));
    BaseImage.Written one =
        BusyboxBase.of(binary(), BusyboxOptions.DEFAULT)
            .image()
            .writeTo(new MemoryBlobs(), CREATED);
    BaseImage.Written other =
        BusyboxBase.of(copy, BusyboxOptions.DEFAULT).image().writeTo(new MemoryBlobs(), CREATED);
    assertThat(other.manifest()).isEqualTo(one.manifest());
  }

  @Test
  void theDirectoryHoldsWhatTheLayerHolds() throws IOException {
    BusyboxBase base = BusyboxBase.of(binary(), BusyboxOptions.DEFAULT);
    Path root = directory.resolve("minios");
    base.writeTo(root);
    for (RootFiles.Item item : base.files().items()) {
      Path path = root.resolve(item.entry().path());
      assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).as(path.toString()).isTrue();
      switch (item.entry().type()) {
        case SYMLINK ->
            assertThat(Files.readSymbolicLink(path)).hasToString(item.entry().linkTarget());
        case FILE -> {
          assertThat(Files.size(path)).isEqualTo(item.entry().size());
          assertThat((int) Files.getAttribute(path, "unix:mode") & 07777)
              .isEqualTo(item.entry().mode());
        }
        default ->
            assertThat((int) Files.getAttribute(path, "unix:mode") & 07777)
                .isEqualTo(item.entry().mode());
      }
    }
    // Again, over what is there, also when somebody put a Dockerfile beside it.
    Files.writeString(root.resolve("Dockerfile"), base.dockerfile("."));
    Files.delete(root.resolve("bin/ls"));
    base.writeTo(root);
    assertThat(Files.readSymbolicLink(root.resolve("bin/ls"))).hasToString("busybox");
  }

  @Test
  void aDirectoryOfOtherThingsIsLeftAlone() throws IOException {
    BusyboxBase base = BusyboxBase.of(binary(), BusyboxOptions.DEFAULT);
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("precious"), "x");
    assertThatThrownBy(() -> base.writeTo(other))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessageContaining("is not empty");
    assertThat(other).isDirectoryContaining("glob:**/precious");
    assertThat(other.toFile().list()).hasSize(1);
    assertThatThrownBy(() -> base.writeTo(other.resolve("precious")))
        .isInstanceOf(CooperException.Conflict.class);
    assertThatThrownBy(() -> base.writeTo(Path.of("/")))
        .isInstanceOf(CooperException.Conflict.class);
  }

  @Test
  void aLinkInTheWayIsNotFollowed() throws IOException {
    BusyboxBase base = BusyboxBase.of(binary(), BusyboxOptions.DEFAULT);
    Path root = directory.resolve("minios");
    base.writeTo(root);
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.delete(root.resolve("etc/passwd"));
    Files.move(root.resolve("usr"), directory.resolve("away"));
    Files.createSymbolicLink(root.resolve("usr"), outside);
    assertThatThrownBy(() -> base.writeTo(root)).isInstanceOf(CooperException.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aBinaryForAnyProcessorWillDo() throws IOException {
    for (var machine : List.of(243, 22, 9999)) {
      Path made = made(machine, machine == 22, "[", "ash", "busybox", "ls", "sh");
      BusyboxBase base = BusyboxBase.of(made, BusyboxOptions.DEFAULT);
      assertThat(base.applets()).containsExactly("[", "ash", "ls", "sh");
      assertThat(base.platform().os()).isEqualTo("linux");
      if (machine == 243) {
        assertThat(base.platform()).isEqualTo(Platform.parse("linux/riscv64"));
      } else if (machine == 22) {
        assertThat(base.platform()).isEqualTo(Platform.parse("linux/s390x"));
      }
      MemoryBlobs blobs = new MemoryBlobs();
      BaseImage.Written written = base.image().writeTo(blobs, CREATED);
      assertThat(Image.read(blobs, written.manifest(), base.platform()).config().architecture())
          .isEqualTo(base.platform().architecture());
    }
  }

  @Test
  void commandsAndUsersMayBeChosen() throws IOException {
    BusyboxOptions options =
        BusyboxOptions.DEFAULT
            .withApplets(List.of("sh", "ls"))
            .withUsers(List.of(new BusyboxOptions.User("ada", 1000)));
    BusyboxBase base = BusyboxBase.of(made(62, false, "[", "ash", "busybox", "ls", "sh"), options);
    assertThat(base.applets()).containsExactly("ls", "sh");
    FileTree tree =
        FileTree.of(List.of(base.image().writeTo(new MemoryBlobs(), CREATED).layer().index()));
    assertThat(tree.lookup("home/ada").entry().uid()).isEqualTo(1000);
    assertThat(tree.lookup("bin/ash")).isNull();
    assertThatThrownBy(
            () ->
                BusyboxBase.of(
                    made(62, false, "[", "busybox", "sh"),
                    BusyboxOptions.DEFAULT.withApplets(List.of("sh", "frobnicate"))))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("frobnicate");
    assertThatThrownBy(() -> new BusyboxOptions.User("../x", 5))
        .isInstanceOf(CooperException.InvalidInput.class);
  }

  @Test
  void whatIsNoStaticBusyboxIsSaidToBeNone() throws IOException {
    Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
    assertThatThrownBy(() -> BusyboxBase.of(script, BusyboxOptions.DEFAULT))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("is not a program for Linux");
    assertThatThrownBy(() -> BusyboxBase.of(directory.resolve("absent"), BusyboxOptions.DEFAULT))
        .isInstanceOf(CooperException.NotFound.class);
    assertThatThrownBy(() -> BusyboxBase.of(made(62, false, "nothing"), BusyboxOptions.DEFAULT))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("is not a busybox");
    Path dynamic = Path.of("/bin/ls");
    Assumptions.assumeTrue(Files.exists(dynamic));
    assertThatThrownBy(() -> BusyboxBase.of(dynamic, BusyboxOptions.DEFAULT))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("is not statically linked");
  }

  @Test
  void theDirectoryRunsUnderChroot() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "changing the root needs root");
    Path root = directory.resolve("minios");
    BusyboxBase.of(binary(), BusyboxOptions.DEFAULT).writeTo(root);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process process =
        new ProcessBuilder(
                "chroot",
                root.toString(),
                "/bin/sh",
                "-lc",
                "readlink lib; whoami; /usr/bin/env true && ls -d tmp; cat /etc/os-release")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("usr/lib\nroot\ntmp\n").contains("VERSION_ID=1.");
  }

  @ParameterizedTest
  @CsvSource({"arm64, aarch64,", "riscv64, riscv64, trixie"})
  void aForeignOneRunsUnderQemu(String architecture, String name, @Nullable String suite)
      throws Exception {
    Path qemu = Path.of("/usr/bin/qemu-" + name + "-static");
    Assumptions.assumeTrue(
        Files.isExecutable(qemu), "SKIPPED: no " + qemu + "; apt-get install qemu-user-static");
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "SKIPPED: needs root");
    Path deb;
    try {
      deb =
          BusyboxDownload.of(
              architecture,
              Optional.ofNullable(suite),
              Files.createDirectory(directory.resolve(architecture)));
    } catch (CooperException.NotFound e) {
      deb = Assumptions.abort("SKIPPED: not to be had from Debian: " + e.getMessage());
    }
    BusyboxBase base = BusyboxBase.of(deb, BusyboxOptions.DEFAULT);
    Path root = directory.resolve("root");
    base.writeTo(root);
    Files.copy(qemu, root.resolve("qemu"));
    Process process =
        new ProcessBuilder(
                "chroot", root.toString(), "/qemu", "/bin/sh", "-c", "echo $((6*7)); test -L /lib")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEqualTo("42\n");
    assertThat(base.modified()).isBefore(Instant.now().minusSeconds(3600));
  }

  @Test
  void thePackageServesAsWellAsTheBinary() throws Exception {
    Path binary = made(183, false, "ash", "busybox", "cat", "ls", "sh");
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(tar)) {
      byte[] bytes = Files.readAllBytes(binary);
      writer.write(
          TarEntry.file("bin/busybox", bytes.length).withMode(0755).withModified(CREATED),
          new ByteArrayInputStream(bytes));
    }
    Path deb = directory.resolve("busybox-static_1_arm64.deb");
    Files.write(deb, ar("debian-binary", "2.0".getBytes(StandardCharsets.US_ASCII)));
    Files.write(deb, member("data.tar", tar.toByteArray()), StandardOpenOption.APPEND);

    BusyboxBase base = BusyboxBase.of(deb, BusyboxOptions.DEFAULT);
    assertThat(base.platform()).isEqualTo(Platform.parse("linux/arm64"));
    assertThat(base.applets()).isEqualTo(BusyboxBase.of(binary, BusyboxOptions.DEFAULT).applets());
    assertThat(base.binarySize()).isEqualTo(Files.size(binary));
    // The package's own date, whenever it was fetched: the image is the same tomorrow.
    assertThat(base.modified()).isEqualTo(CREATED);

    byte[] whole = Files.readAllBytes(deb);
    Files.write(deb, Arrays.copyOf(whole, whole.length - 2000));
    assertThatThrownBy(() -> BusyboxBase.of(deb, BusyboxOptions.DEFAULT))
        .isInstanceOf(CooperException.class);
    Files.write(deb, ar("debian-binary", "2.0".getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> BusyboxBase.of(deb, BusyboxOptions.DEFAULT))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("it has no data.tar");
  }

  private static byte[] ar(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
    out.write(member(name, content));
    return out.toByteArray();
  }

  private static byte[] member(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        String.format("%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "100644", content.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    if (content.length % 2 == 1) {
      out.write('\n');
    }
    return out.toByteArray();
  }
}
