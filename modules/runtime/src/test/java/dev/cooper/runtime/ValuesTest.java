package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.runtime.network.Subnet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {
  @Property
  void subnetsReadWhatTheyPrint(
      @ForAll int address, @ForAll @IntRange(min = 8, max = 30) int prefix) {
    Subnet subnet = new Subnet(address & -1 << 32 - prefix, prefix);
    assertThat(Subnet.parse(subnet.toString())).isEqualTo(subnet);
    assertThat(subnet.contains(Subnet.address(address))).isTrue();
    assertThat(subnet.contains(subnet.firstAddress())).isTrue();
    assertThat(subnet.contains(Subnet.address(subnet.broadcast() + 1))).isFalse();
    assertThat(subnet.overlaps(address & -1 << 8, 24)).isTrue();
  }

  @Test
  void subnetsAreWellFormed() {
    for (String wrong : List.of("", "10.0.0.0", "10.0.0.1/24", "10.0.0/24", "10.0.0.0/31", "a/8")) {
      assertThatThrownBy(() -> Subnet.parse(wrong))
          .isInstanceOf(CooperException.InvalidInput.class);
    }
  }

  @Test
  void capabilitiesAreAddedAndDropped() {
    List<String> held = Capabilities.held();
    List<String> usual = new ArrayList<>(Capabilities.DEFAULT);
    usual.retainAll(held);
    assertThat(Capabilities.of(false, List.of(), List.of()))
        .containsExactlyInAnyOrderElementsOf(usual);
    assertThat(Capabilities.of(false, List.of(), List.of("all"))).isEmpty();
    assertThat(Capabilities.of(false, List.of("chown"), List.of("ALL")))
        .isEqualTo(held.contains("CAP_CHOWN") ? List.of("CAP_CHOWN") : List.of());
    assertThat(Capabilities.of(false, List.of("ALL"), List.of("CAP_CHOWN")))
        .doesNotContain("CAP_CHOWN", "ALL")
        .hasSize(held.size() - (held.contains("CAP_CHOWN") ? 1 : 0));
    assertThat(Capabilities.of(true, List.of(), List.of())).isEqualTo(held);
    assertThatThrownBy(() -> Capabilities.of(false, List.of("FLY"), List.of()))
        .hasMessage("invalid --cap-add: unknown capability: \"CAP_FLY\"");
  }

  private static List<String> allowed(String... capabilities) {
    return SystemCallFilter.rules(List.of(capabilities), "amd64").stream()
        .filter(rule -> rule.error() == 0 && rule.condition() == null)
        .flatMap(rule -> rule.names().stream())
        .toList();
  }

  @Test
  void aFilterFollowsCapabilities() {
    assertThat(allowed(Capabilities.DEFAULT.toArray(new String[0])))
        .contains("openat", "execve", "chroot", "ptrace", "arch_prctl", "_llseek")
        .doesNotContain(
            "mount",
            "bpf",
            "kexec_load",
            "reboot",
            "clone",
            "clone3",
            "socket",
            "keyctl",
            "io_uring_setup",
            "userfaultfd",
            "personality",
            "a_call_of_a_later_kernel");
    assertThat(allowed("CAP_SYS_ADMIN"))
        .contains("mount", "bpf", "clone", "clone3", "setns")
        .doesNotContain("kexec_load", "reboot", "chroot", "open_by_handle_at");
    assertThat(allowed("CAP_SYS_BOOT", "CAP_SYS_TIME")).contains("reboot", "clock_settime");
  }

  @Test
  void aFilterHasEachNameOfEverybodysOnce() {
    assertThat(SystemCalls.everybodys())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9_]+"));
  }

  @Test
  void theRuntimesWordsBecomeDockers() {
    RuntimeFailure failure =
        RuntimeFailure.of(
            "create",
            RuntimeLog.message(
                "time=\"2026-01-01T00:00:00Z\" level=error msg=\"runc create failed: unable to start"
                    + " container process: exec: \\\"x\\\": executable file not found in $PATH\"\n"));
    assertThat(failure)
        .hasMessage(
            "OCI runtime create failed: runc create failed: unable to start container process:"
                + " exec: \"x\": executable file not found in $PATH: unknown.");
    assertThat(failure.exitCode()).isEqualTo(127);
    assertThat(
            RuntimeLog.message(
                "{\"level\":\"error\",\"msg\":\"a\"}\n{\"level\":\"info\",\"msg\":\"b\"}"))
        .isEqualTo("a");
    assertThat(RuntimeFailure.of("start", "something else").exitCode()).isEqualTo(125);
  }

  @Test
  void laterMountsAtOnePlaceWinAndParentsComeFirst() {
    ContainerSpec spec =
        ContainerSpec.of("x", Path.of("/r"), ContainerProcess.of(List.of("a")))
            .withMounts(
                List.of(
                    ContainerMount.bind(Path.of("/1"), "/a/b", false),
                    ContainerMount.bind(Path.of("/2"), "/a", false),
                    ContainerMount.bind(Path.of("/3"), "/a/b", true),
                    ContainerMount.tmpfs("/dev/shm", List.of("size=1m"))));
    List<ContainerMount> mounts = DefaultMounts.of(spec);
    assertThat(mounts.stream().map(ContainerMount::target)).doesNotHaveDuplicates();
    List<String> asked = mounts.stream().skip(6).map(m -> m.target() + m.source()).toList();
    assertThat(asked).containsExactly("/a/2", "/a/b/3", "/dev/shmtmpfs").hasSize(3);
  }

  @Test
  void aLogIsReadPieceByPieceAndFurtherLater(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("log");
    try (ContainerLog none = ContainerLog.open(file)) {
      assertThat(none.next()).isNull();
    }
    Files.writeString(
        file,
        "2026-01-02T03:04:05.123456789+01:00 stdout P par\nnonsense\n"
            + "2026-01-02T03:04:05.123456790+01:00 stdout F tial\n"
            + "2026-01-02T03:04:06.000000000+01:00 stderr F\n2026-01-02T03:04:06+01:00 stderr F ");
    try (ContainerLog log = ContainerLog.open(file)) {
      ContainerLog.Entry first = Optional.ofNullable(log.next()).orElseThrow();
      assertThat(first.time()).isEqualTo("2026-01-02T02:04:05.123456789Z");
      assertThat(first.kind()).isEqualTo(OutputKind.STANDARD_OUTPUT);
      assertThat(first.text()).asString().isEqualTo("par");
      assertThat(Optional.ofNullable(log.next()).orElseThrow().text())
          .asString()
          .isEqualTo("tial\n");
      assertThat(log.next()).isNull();
      Files.writeString(file, "x\n", java.nio.file.StandardOpenOption.APPEND);
      ContainerLog.Entry last = Optional.ofNullable(log.next()).orElseThrow();
      assertThat(last.kind()).isEqualTo(OutputKind.STANDARD_ERROR);
      assertThat(last.text()).asString().isEqualTo("x\n");
    }
  }

  @Test
  void theHostsFilesAreRewrittenInPlace(@TempDir Path directory) throws Exception {
    ContainerFiles files = ContainerFiles.in(directory);
    files.writeHostname("box");
    files.writeHosts(List.of(new ContainerFiles.HostEntry("10.0.0.2", "box")));
    files.writeResolver(List.of("10.0.0.1"), List.of("a", "b"), List.of("ndots:0"));
    Object key = Files.readAttributes(directory.resolve("hosts"), "unix:ino").get("ino");
    files.writeHosts(List.of(new ContainerFiles.HostEntry("10.0.0.3", "box other")));

    assertThat(Files.readAttributes(directory.resolve("hosts"), "unix:ino"))
        .containsEntry("ino", key);
    assertThat(directory.resolve("hosts"))
        .content()
        .startsWith("127.0.0.1\tlocalhost\n")
        .endsWith("10.0.0.3\tbox other\n");
    assertThat(directory.resolve("hostname")).hasContent("box");
    assertThat(directory.resolve("resolv.conf"))
        .hasContent("search a b\nnameserver 10.0.0.1\noptions ndots:0\n");
    assertThat(files.mounts())
        .extracting(ContainerMount::target)
        .containsExactly("/etc/resolv.conf", "/etc/hostname", "/etc/hosts");
    files.copyResolver(false);
    assertThat(directory.resolve("resolv.conf")).content().contains("nameserver ");
  }
}
