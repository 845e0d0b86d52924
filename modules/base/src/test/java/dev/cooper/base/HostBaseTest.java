package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.image.layer.LayerIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostBaseTest {
  @TempDir Path system;
  private final List<LeftOut> leftOut = new ArrayList<>();

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "SKIPPED: needs Linux");
  }

  private void write(String... paths) throws Exception {
    for (String path : paths) {
      Path file = system.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
  }

  private List<String> files() throws Exception {
    return HostBase.of(
            system, List.of(), List.of(system.resolve("store")), Instant.MAX, leftOut::add)
        .writeTo(new MemoryBlobs(), Instant.EPOCH)
        .layer()
        .index()
        .entries()
        .stream()
        .map(LayerIndex.Entry::entry)
        .filter(entry -> entry.isFile())
        .map(entry -> entry.path())
        .toList();
  }

  @Test
  void homesBehindLinksAndInFoldersOfTheirOwn() throws Exception {
    Files.createSymbolicLink(system.resolve("home"), Path.of("var/home"));
    Files.createSymbolicLink(system.resolve("root"), Path.of("/var/roothome"));
    Files.createDirectories(system.resolve("srv"));
    Files.createSymbolicLink(system.resolve("srv/ci"), Path.of("../data/../usr/ci"));
    write(
        "var/home/ada/.ssh/id_ed25519",
        "var/home/ada/.cache/x",
        "var/home/ada/.docker/run/y",
        "var/home/ada/work",
        "var/home/corp/bob/.ssh/id_rsa",
        "var/home/corp/bob/.cache/x",
        "var/home/a/b/c/d/.aws/credentials",
        "var/roothome/.ssh/id_rsa",
        "var/roothome/.npm/x",
        "var/roothome/.bashrc",
        "opt/backup/ada/.docker/config.json",
        "opt/backup/ada/.docker/Dockerfile",
        "usr/ci/.ssh/id_rsa",
        "usr/ci/job",
        "usr/lib/node_modules/npm/.npmrc");
    Files.createDirectories(system.resolve("etc"));
    Files.writeString(system.resolve("etc/passwd"), "ci:x:7:7::/srv/ci:/bin/sh\n");

    assertThat(files())
        .containsExactlyInAnyOrder(
            "etc/passwd",
            "opt/backup/ada/.docker/Dockerfile",
            "usr/ci/job",
            "usr/lib/node_modules/npm/.npmrc",
            "var/home/ada/work",
            "var/roothome/.bashrc");
    assertThat(leftOut)
        .extracting(LeftOut::path)
        .contains("/var/home/ada/.ssh", "/var/home/corp/bob/.ssh", "/var/roothome/.ssh");
  }

  @Test
  void keysAndMailOfServices() throws Exception {
    write(
        "etc/.git/config",
        "etc/dropbear/dropbear_rsa_host_key",
        "etc/munge/munge.key",
        "etc/bind/rndc.key",
        "etc/bind/named.conf",
        "etc/hostapd/wlan0.conf",
        "etc/gitlab-runner/config.toml",
        "etc/pki/consumer/key.pem",
        "etc/pki/entitlement/1-key.pem",
        "etc/puppetlabs/puppet/ssl/private_keys/x.pem",
        "var/mail/ada",
        "var/spool/mail/bob",
        "home/ada/.erlang.cookie",
        "home/ada/.dockercfg",
        "home/ada/.claude/.credentials.json",
        "home/ada/.config/hcloud/cli.toml",
        "home/ada/.histfile",
        "home/ada/.zhistory",
        "home/ada/.config/BraveSoftware/x",
        "home/ada/.config/Signal/sql/db",
        "home/ada/snap/firefox/common/x",
        "home/ada/.profile");
    assertThat(files()).containsExactly("etc/bind/named.conf", "home/ada/.profile");
  }

  @Test
  void aNameCannotEndTheComment() {
    String text =
        HostBase.dockerfile(
            system,
            List.of(
                new LeftOut("/x\nRUN wget evil\u001b[2J", "a socket", LeftOut.Remains.NOTHING),
                new LeftOut("/etc/shadow", "secrets", LeftOut.Remains.FILE)));
    assertThat(text)
        .contains(" $'--exclude=./x\\nRUN wget evil\\033[2J' ")
        .contains("# host.tar and, until it is pruned, the build cache hold what RUN takes away\n")
        .doesNotContain("\u001b");
    assertThat(text.lines().filter(line -> line.startsWith("RUN"))).hasSize(1);
  }

  @Test
  void namesThatAreNoUtf8AreTakenAsTheyAre() throws Exception {
    Process made =
        new ProcessBuilder(
                "bash",
                "-c",
                "mkdir -p $1/store && echo x >$1/$'bad\\xff\\xfe' && echo x >$1/store/blob",
                "bash",
                system.toString())
            .start();
    assertThat(made.waitFor()).isZero();
    assertThat(files()).hasSize(1).allMatch(path -> path.startsWith("bad")).doesNotContain("store");
  }
}
