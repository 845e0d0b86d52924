package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBaseTest {
  private static final Platform PLATFORM = Platform.parse("linux/amd64");

  @TempDir Path folder;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final MemoryBlobs blobs = new MemoryBlobs();

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "SKIPPED: needs Linux");
  }

  private Map<String, TarEntry> entries(BaseImage image) throws Exception {
    Map<String, TarEntry> entries = new TreeMap<>();
    for (LayerIndex.Entry entry : image.writeTo(blobs, Instant.EPOCH).layer().index().entries()) {
      entries.put(entry.entry().path(), entry.entry());
    }
    return entries;
  }

  private BaseImage image(IdMapping ids, Instant latest, String... excluded) throws Exception {
    return DirectoryBase.of(
        folder, ids, List.of(excluded), Optional.of(PLATFORM), latest, leftOut::add);
  }

  private Path write(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void everythingIsAsItIs() throws Exception {
    Path tool = write("bin/tool", "x");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(tool, FileTime.from(Instant.ofEpochSecond(1_500_000_000, 7)));
    Files.createLink(folder.resolve("bin/twin"), tool);
    Files.createSymbolicLink(folder.resolve("bin/link"), Path.of("/nowhere at all"));
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(
            new ProcessBuilder("sh", "-c", "echo > \"$(printf 'n\\377')\"")
                .directory(folder.toFile())
                .start()
                .waitFor())
        .isZero();
    write(".wh.gone", "");
    Map<String, TarEntry> entries = entries(image(IdMapping.KEPT, Instant.MAX));

    assertThat(entries.keySet())
        .containsExactlyInAnyOrder("bin", "bin/link", "bin/tool", "bin/twin", "pipe", "n\udcff");
    assertThat(entries.get("bin/tool").mode()).isEqualTo(0751);
    assertThat(entries.get("bin/tool").modified()).isEqualTo(Instant.ofEpochSecond(1_500_000_000));
    assertThat(entries.get("bin/twin").type()).isEqualTo(EntryType.HARD_LINK);
    assertThat(entries.get("bin/twin").linkTarget()).isEqualTo("bin/tool");
    assertThat(entries.get("bin/link").linkTarget()).isEqualTo("/nowhere at all");
    assertThat(entries.get("pipe").type()).isEqualTo(EntryType.FIFO);
    assertThat(leftOut).extracting(LeftOut::path).containsExactly("/.wh.gone");
  }

  @Test
  void idsAreKeptOrMapped() throws Exception {
    write("a", "x");
    assertThat(entries(image(IdMapping.owner("12:34"), Instant.MAX)).get("a"))
        .matches(entry -> entry.uid() == 12 && entry.gid() == 34);
    assertThat(entries(image(IdMapping.owner("7"), Instant.MAX)).get("a"))
        .matches(entry -> entry.uid() == 7 && entry.gid() == 7);
    TarEntry kept = entries(image(IdMapping.KEPT, Instant.MAX)).get("a");
    IdMapping shifted = IdMapping.ranges(List.of(kept.uid() + ":500:1", kept.gid() + ":600:1"));
    TarEntry mapped = entries(image(shifted, Instant.MAX)).get("a");
    assertThat(mapped.uid()).isEqualTo(500);
    assertThat(mapped.gid()).isEqualTo(kept.gid() == kept.uid() ? 500 : 600);
    IdMapping others = IdMapping.ranges(List.of("3000000:0:65536"));
    assertThatThrownBy(() -> entries(image(others, Instant.MAX)))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("/a belongs to user " + kept.uid() + ", which no range maps");
    for (String wrong : List.of("", "x", "1:2:3", "-1", "1:4294967296")) {
      assertThatThrownBy(() -> IdMapping.owner(wrong)).hasMessageContaining("not an owner");
    }
    for (String wrong : List.of("", "1:2", "1:2:0", "a:b:c", "0:4294967290:10")) {
      assertThatThrownBy(() -> IdMapping.ranges(List.of(wrong)))
          .hasMessageContaining("range of ids");
    }
  }

  @Test
  void whatIsExcludedIsTold() throws Exception {
    write("keep/a", "1");
    write("drop/b", "2");
    write("keep/c.log", "3");
    assertThat(entries(image(IdMapping.KEPT, Instant.MAX, "/drop", "**/*.log")).keySet())
        .containsExactly("keep", "keep/a");
    assertThat(leftOut)
        .containsExactly(
            new LeftOut("/drop", "--exclude", LeftOut.Remains.NOTHING),
            new LeftOut("/keep/c.log", "--exclude", LeftOut.Remains.NOTHING));
  }

  @Test
  void theSameDirectoryGivesTheSameImage() throws Exception {
    for (int i = 0; i < 50; i++) {
      write("d" + i % 7 + "/f" + i, "content " + i);
    }
    Instant latest = Instant.ofEpochSecond(1000);
    BaseImage image = image(IdMapping.KEPT, latest);
    assertThat(image.writeTo(blobs, latest).manifest())
        .isEqualTo(image(IdMapping.KEPT, latest).writeTo(blobs, latest).manifest());
    assertThat(entries(image).values()).allMatch(entry -> entry.modified().equals(latest));
  }

  @Test
  void whatIsNoDirectoryIsRefused() throws Exception {
    Path file = write("file", "");
    assertThatThrownBy(() -> TreeLayer.requireDirectory(file))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessageContaining("is not a directory");
    assertThatThrownBy(() -> TreeLayer.requireDirectory(folder.resolve("none")))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessageContaining("no such directory");
  }

  @Test
  void ofASystemNoSecretsNoCachesNoKernel() throws Exception {
    for (String path :
        List.of(
            "etc/ssh/ssh_host_rsa_key",
            "etc/ssh/ssh_host_rsa_key.pub",
            "etc/ssh/sshd_config",
            "etc/hostname",
            "etc/machine-id",
            "root/.ssh/id_ed25519",
            "root/.bash_history",
            "root/.bashrc",
            "home/ada/.cache/x/y",
            "home/ada/.aws/credentials",
            "home/ada/work",
            "srv/build/.ssh/id_rsa",
            "srv/build/job",
            "var/backups/shadow.bak",
            "etc/apt/auth.conf.d/private.conf",
            "proc/1/stat",
            "sys/x",
            "dev/x",
            "run/x",
            "tmp/x",
            "var/cache/apt/archives/a.deb",
            "var/log/syslog",
            "var/lib/docker/overlay2/x",
            "store/blobs/x",
            "usr/bin/tool")) {
      write(path, "secret or not");
    }
    Files.createDirectories(folder.resolve("etc/wireguard"));
    write("etc/passwd", "root:x:0:0::/root:/bin/sh\nbuild:x:7:7::/srv/build/:/bin/sh\nbroken\n");
    write("etc/shadow", "root:$6$abc$def:19000:0:99999:7:::\nada::1::::::\nbroken\n");
    BaseImage image =
        HostBase.of(
            folder,
            List.of("usr/bin"),
            List.of(folder.toRealPath().resolve("store")),
            Instant.MAX,
            leftOut::add);
    BaseImage.Written written = image.writeTo(blobs, Instant.EPOCH);
    Map<String, TarEntry> entries = new TreeMap<>();
    String shadow = "";
    for (LayerIndex.Entry entry : written.layer().index().entries()) {
      entries.put(entry.entry().path(), entry.entry());
      if (entry.entry().path().equals("etc/shadow")) {
        byte[] tar;
        try (var in = blobs.open(written.layer().diffId())) {
          tar = in.readAllBytes();
        }
        shadow =
            new String(
                tar, (int) entry.offset(), (int) entry.entry().size(), StandardCharsets.ISO_8859_1);
      }
    }

    assertThat(entries.keySet())
        .contains("etc/ssh/sshd_config", "root/.bashrc", "home/ada/work", "var/cache/apt/archives")
        .contains("proc", "sys", "dev", "run", "tmp", "var/log", "store", "etc/machine-id")
        .doesNotContain("etc/ssh/ssh_host_rsa_key", "etc/ssh/ssh_host_rsa_key.pub")
        .doesNotContain("etc/hostname", "root/.ssh", "root/.bash_history", "home/ada/.cache")
        .contains("srv/build/job", "etc/wireguard", "etc/apt/auth.conf.d", "etc/passwd")
        .doesNotContain("srv/build/.ssh", "var/backups/shadow.bak")
        .doesNotContain("etc/apt/auth.conf.d/private.conf")
        .doesNotContain("home/ada/.aws", "proc/1", "sys/x", "dev/x", "run/x", "tmp/x")
        .doesNotContain("var/cache/apt/archives/a.deb", "var/log/syslog", "store/blobs")
        .doesNotContain("var/lib/docker/overlay2", "usr/bin");
    assertThat(entries.get("etc/machine-id").size()).isZero();
    assertThat(shadow).isEqualTo("root:*:19000:0:99999:7:::\nada:*:1::::::\n");
    assertThat(leftOut)
        .extracting(LeftOut::path)
        .contains("/etc/ssh/ssh_host_rsa_key", "/root/.ssh", "/var/cache", "/etc/shadow", "/store")
        .doesNotContain("/etc/wireguard") // Nothing is in it.
        .doesNotHaveDuplicates();
    assertThat(HostBase.dockerfile(folder, leftOut))
        .contains("--exclude=./etc/ssh/ssh_host_rsa_key", "'--exclude=./proc/*'")
        .contains("RUN : >/etc/machine-id && find /var/cache /var/log ! -type d -delete")
        .contains("\nFROM scratch\nCOPY --from=system / /\n");
  }

  @Test
  void theProgramsTellThePlatform() throws Exception {
    Files.createDirectories(folder.resolve("usr/bin"));
    Files.createSymbolicLink(folder.resolve("bin"), Path.of("/usr/bin"));
    Files.createSymbolicLink(folder.resolve("usr/bin/loop"), Path.of("loop"));
    Files.write(folder.resolve("usr/bin/tool"), TarBaseTest.elf(243, true)); // EM_RISCV, 64 bits
    BaseImage image =
        DirectoryBase.of(
            folder, IdMapping.KEPT, List.of(), Optional.empty(), Instant.MAX, leftOut::add);

    Files.delete(folder.resolve("bin")); // JUnit would warn of where it leads.
    assertThat(image.platform()).hasToString("linux/riscv64");
    assertThat(image.dockerfile()).contains("FROM --platform=linux/riscv64 scratch\n");
  }

  @Test
  void aFileThatBecameShorterEndsInZeros() throws Exception {
    FullLength full = new FullLength(new ByteArrayInputStream(new byte[] {1, 2}), 5);
    assertThat(full.readAllBytes()).containsExactly(1, 2, 0, 0, 0);
    assertThat(full.isPadded()).isTrue();
    FullLength longer = new FullLength(new ByteArrayInputStream(new byte[] {1, 2}), 1);
    assertThat(longer.readAllBytes()).containsExactly(1);
    assertThat(longer.isPadded()).isFalse();
  }
}
