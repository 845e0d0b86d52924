package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciRuntimeTest {
  @TempDir Path temporary;

  private OciRuntime runtime;
  private Path root;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @BeforeEach
  void setUp() throws Exception {
    Host.needs("runc");
    runtime = OciRuntime.find(temporary.resolve("state"));
    root = Host.root(temporary.resolve("root"));
  }

  private int run(ContainerProcess process) throws Exception {
    return run(process, spec -> spec);
  }

  private int run(ContainerProcess process, UnaryOperator<ContainerSpec> change) throws Exception {
    String id = Host.id("run");
    Bundle bundle =
        Bundle.write(
            temporary.resolve("bundle"), change.apply(ContainerSpec.of(id, root, process)));
    try {
      return runtime.run(bundle, output, error);
    } finally {
      assertThat(runtime.state(id)).isEmpty();
      assertThat(Host.cgroups(id)).isEmpty();
      assertThat(bundle.directory()).isDirectoryContaining("glob:**config.json");
      assertThat(bundle.directory().resolve("runtime.log")).doesNotExist();
    }
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void keepsOutputsApartAndPassesTheExitCode() throws Exception {
    int code = run(Host.process("sh", "-c", "echo out; echo err >&2; exit 7"));

    assertThat(code).isEqualTo(7);
    assertThat(output()).isEqualTo("out\n");
    assertThat(error.toString(StandardCharsets.UTF_8)).isEqualTo("err\n");
  }

  @Test
  void reportsADeathBySignal() throws Exception {
    assertThat(run(Host.process("sh", "-c", "sh -c 'kill -9 $$'; exit $?"))).isEqualTo(137);
  }

  @Test
  void passesOnMuchOutputWhole() throws Exception {
    assertThat(run(Host.process("sh", "-c", "yes 0123456789abcde | head -c 1600000"))).isZero();
    assertThat(output()).hasSize(1_600_000).startsWith("0123456789abcde\n0123");
  }

  @Test
  void namesAProgramThatIsNotExecutable() {
    RuntimeFailure failure =
        catchThrowableOfType(RuntimeFailure.class, () -> run(Host.process("/noexec.sh")));

    assertThat(failure)
        .hasMessage(
            "OCI runtime create failed: runc create failed: unable to start container process:"
                + " exec: \"/noexec.sh\": permission denied: unknown.");
    assertThat(failure.exitCode()).isEqualTo(126);
    assertThat(failure.program()).isEqualTo("/noexec.sh");
    assertThat(failure.reason()).isEqualTo("permission denied");
    assertThat(error.size()).isZero();
  }

  @Test
  void namesAProgramThatIsNotThere() {
    RuntimeFailure absent =
        catchThrowableOfType(RuntimeFailure.class, () -> run(Host.process("nosuch", "x")));
    assertThat(absent)
        .hasMessageContaining("exec: \"nosuch\": executable file not found in $PATH: unknown.");
    assertThat(absent.exitCode()).isEqualTo(127);

    RuntimeFailure path =
        catchThrowableOfType(RuntimeFailure.class, () -> run(Host.process("/no/such")));
    assertThat(path).hasMessageContaining("exec: \"/no/such\"");
    assertThat(path).hasMessageContaining("no such file or directory: unknown.");
    assertThat(path.exitCode()).isEqualTo(127);
  }

  @Test
  void looksAsDockerDoesFromInside() throws Exception {
    assertThat(
            run(
                Host.process("sh", "-c", "hostname; id; pwd; echo $HELLO; cat /proc/self/status")
                    .withDirectory("/tmp")
                    .withEnvironment(List.of("PATH=/bin", "HELLO=there"))
                    .withUser(new ProcessUser(1000, 1001, List.of(44))),
                spec -> spec.withHostname("box")))
        .isZero();

    assertThat(output())
        .startsWith("box\nuid=1000(app) gid=1001(apps) groups=44(video),1001(apps)")
        .contains("\n/tmp\nthere\n")
        .contains("CapEff:\t0000000000000000")
        .contains("CapBnd:\t00000000a80425fb")
        .contains("Seccomp:\t2");
  }

  @Test
  void hasTheUsualFileSystems() throws Exception {
    assertThat(
            run(Host.process("sh", "-c", "mount; ls /dev; ls /proc/acpi; cat /proc/kcore; true")))
        .isZero();

    assertThat(output())
        .contains("proc on /proc type proc (rw,nosuid,nodev,noexec,relatime)")
        .contains("sysfs on /sys type sysfs (ro,nosuid,nodev,noexec,relatime)")
        .contains("shm on /dev/shm type tmpfs (rw,nosuid,nodev,noexec,relatime,size=65536k")
        .contains("proc on /proc/sys type proc (ro,")
        .contains("mqueue on /dev/mqueue")
        .contains("null\n")
        .contains("urandom\n");
  }

  @Test
  void refusesWhatReachesOutOfAContainer() throws Exception {
    assertThat(run(Host.process("sh", "-c", "mount -t tmpfs x /tmp || unshare -n true || echo no")))
        .isZero();
    assertThat(output()).isEqualTo("no\n");
    assertThat(run(Host.process("sh", "-c", "echo 1 > /proc/sysrq-trigger"))).isNotZero();
  }

  @Test
  void privilegedMayDoIt() throws Exception {
    assertThat(
            run(
                Host.process("sh", "-c", "mount -t tmpfs x /tmp && test -e /dev/kmsg && echo yes")
                    .withCapabilities(Capabilities.of(true, List.of(), List.of())),
                spec -> spec.withPrivileged(true)))
        .isZero();
    assertThat(output()).isEqualTo("yes\n");
  }

  @Test
  void mountsWhatIsAskedFor() throws Exception {
    Path host = Files.createDirectory(temporary.resolve("host"));
    Files.writeString(host.resolve("f"), "from the host");

    assertThat(
            run(
                Host.process(
                    "sh",
                    "-c",
                    "cat /ro/f; touch /ro/x; touch /rw/made /mem/x; mount | grep mem;"
                        + " touch /x"),
                spec ->
                    spec.withReadOnlyRoot(true)
                        .withMounts(
                            List.of(
                                ContainerMount.bind(host, "/ro", true),
                                ContainerMount.bind(host, "/rw", false),
                                ContainerMount.tmpfs("/mem", List.of("size=1m", "exec"))))))
        .isEqualTo(1);

    assertThat(output()).startsWith("from the host").contains("/mem type tmpfs (rw,nosuid,nodev,");
    assertThat(output()).contains("size=1024k");
    assertThat(error.toString(StandardCharsets.UTF_8))
        .contains("touch: /ro/x: Read-only file system")
        .contains("touch: /x: Read-only file system");
    assertThat(host.resolve("made")).exists();
    assertThat(host.resolve("x")).doesNotExist();
  }

  @Test
  void limitsMemoryAndProcesses() throws Exception {
    // Enough for runc's own threads, which count until the program begins.
    assertThat(
            run(
                Host.process("sh", "-c", "for i in $(seq 40); do sleep 1 & done; wait"),
                spec -> spec.withResources(Resources.UNLIMITED.withProcesses(24))))
        .isNotZero();
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("fork");

    assertThat(
            run(
                Host.process("sh", "-c", "x=$(head -c 60000000 /dev/zero | cat | yes)"),
                spec -> spec.withResources(Resources.UNLIMITED.withMemory(16 << 20))))
        .isEqualTo(137);
  }

  @Test
  void endsWithTheThreadThatRunsIt() throws Exception {
    String id = Host.id("interrupted");
    Bundle bundle =
        Bundle.write(
            temporary.resolve("bundle"),
            ContainerSpec.of(id, root, Host.process("sh", "-c", "echo up; sleep 600")));
    Thread runner =
        new Thread(
            () ->
                assertThatThrownBy(() -> runtime.run(bundle, output, error))
                    .isInstanceOf(InterruptedException.class));
    runner.start();
    while (!output().equals("up\n")) {
      Thread.sleep(5);
    }
    runner.interrupt();
    runner.join();

    assertThat(runtime.state(id)).isEmpty();
  }

  /** Runs a container for long, in a virtual machine of its own. */
  static final class Victim {
    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      int _ =
          OciRuntime.find(directory.resolve("state"))
              .run(
                  Bundle.write(
                      directory.resolve("bundle"),
                      ContainerSpec.of(
                          arguments[1],
                          directory.resolve("root"),
                          Host.process("sh", "-c", "echo up; sleep 600"))),
                  System.out,
                  System.err);
    }
  }

  @Test
  void endsWithTheProcessThatRunsItEvenIfThatIsKilled() throws Exception {
    String id = Host.id("orphan");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                temporary.toString(),
                id)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(victim.inputReader().readLine()).isEqualTo("up");
    assertThat(runtime.state(id).orElseThrow().status()).isEqualTo("running");

    victim.destroyForcibly().waitFor();
    while (runtime.state(id).isPresent()) {
      Thread.sleep(10);
    }
    assertThat(Host.cgroups(id)).isEmpty();
  }

  @Test
  void setsSysctlsAndAnnotations() throws Exception {
    assertThat(
            run(
                Host.process("cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"),
                spec ->
                    spec.withSysctls(Map.of("net.ipv4.ip_unprivileged_port_start", "77"))
                        .withAnnotations(Map.of("a", "b"))))
        .isZero();
    assertThat(output()).isEqualTo("77\n");
  }
}
