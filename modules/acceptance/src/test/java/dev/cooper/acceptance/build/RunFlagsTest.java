package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.acceptance.run.CooperProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of RUN: its container, why it is done again, how it fails. */
class RunFlagsTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  @TempDir Path directory;
  private CooperProcess cooper;
  private Path context;

  @BeforeEach
  void prepare() throws Exception {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "RUN needs root: not tested");
    Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "no " + BUSYBOX + ": not tested");
    cooper = new CooperProcess(directory.resolve("root"));
    context = Files.createDirectory(directory.resolve("context"));
    Files.createDirectory(context.resolve("bin"));
    Files.copy(BUSYBOX, context.resolve("bin/busybox"));
    Files.createSymbolicLink(context.resolve("bin/sh"), Path.of("busybox"));
  }

  private void dockerfile(String run) throws Exception {
    Files.writeString(
        context.resolve("Dockerfile"), "FROM scratch\nCOPY bin /bin\nARG V=1\nRUN " + run + "\n");
  }

  @Test
  void theContainerIsAsTheFlagsSay() throws Exception {
    dockerfile("busybox cat /etc/hosts; ulimit -n; busybox df /dev/shm | busybox tail -n 1");
    CooperProcess.Ended first = cooper.run("build", "--network", "none", context.toString());
    assertThat(first.code()).as(first.error()).isZero();
    CooperProcess.Ended build =
        cooper.run(
            "build",
            "--network",
            "none",
            "--explain",
            "--add-host",
            "db:10.1.2.3",
            "--ulimit",
            "nofile=77:78",
            "--shm-size",
            "8m",
            "--memory",
            "64m",
            context.toString());
    assertThat(build.code()).as(build.error()).isZero();
    assertThat(build.out())
        .contains(
            "Not cached: --add-host db: not set → \"10.1.2.3\"",
            "Not cached: --ulimit nofile: not set → \"77:78\"",
            "Not cached: --shm-size: not set → \"8388608\"",
            "10.1.2.3\tdb",
            "\n77\n",
            " 8192 ");
  }

  @Test
  void aFailureShowsItsLinesItsOutputAndItsCode() throws Exception {
    dockerfile("echo the last words; exit 4");
    CooperProcess.Ended build =
        cooper.run("build", "--network", "none", "--progress", "tty", context.toString());
    assertThat(build.code()).isEqualTo(4);
    assertThat(build.error())
        .contains("ERROR [4/4] RUN echo the last words; exit 4")
        .contains("------\nthe last words\n------\n")
        .contains("    3 |     ARG V=1\n    4 | >>> RUN echo the last words; exit 4\n")
        .contains("returned a non-zero code: 4\n");
    CooperProcess.Ended debugged =
        cooper.run("build", "--network", "none", "--debug", context.toString());
    assertThat(debugged.code()).isEqualTo(4);
    assertThat(debugged.error()).contains("--debug needs a terminal");
  }

  /** The network is made while the container is: neither may begin without the other. */
  @Test
  void theNetworkIsThereWhenTheProgramBegins() throws Exception {
    dockerfile("busybox ip -o -4 addr show eth0 && busybox ip route | busybox grep ^default");
    CooperProcess.Ended build = cooper.run("build", "--no-cache", context.toString());
    assertThat(build.code()).as(build.error()).isZero();
    assertThat(build.out()).contains("inet 10.").contains("default via 10.");
  }

  /** A trigger's command is one that nobody counted on. */
  @Test
  void theNetworkStaysAsLongAsACommandOfAnyStageUsesIt() throws Exception {
    Files.writeString(
        context.resolve("Dockerfile"), "FROM scratch\nCOPY bin /bin\nONBUILD RUN true\n");
    assertThat(cooper.run("build", "-q", "-t", "triggers", context.toString()).code()).isZero();
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM triggers AS a
        FROM scratch
        COPY bin /bin
        RUN busybox sleep 2; busybox ip -o link show eth0
        COPY --from=a /bin/busybox /other
        """);
    CooperProcess.Ended build = cooper.run("build", "--no-cache", context.toString());
    assertThat(build.code()).as(build.error() + build.out()).isZero();
    assertThat(build.out()).contains(" eth0");
  }

  @Test
  void aNetworkThatCannotBeMadeFailsTheStepWithItsReason() throws Exception {
    assertThat(cooper.run("images").code()).isZero();
    Path networks = Files.createDirectories(directory.resolve("root/networks"));
    Files.writeString(
        networks.resolve("bridge.json"),
        """
        {"id":"x","name":"bridge","bridge":"a-name-too-long-for-linux","subnet":"10.77.0.0/24",
         "gateway":"10.77.0.1","internal":false,"names":false,"created":"2026-01-01T00:00:00Z",
         "labels":{}}
        """);
    dockerfile("true");
    CooperProcess.Ended build = cooper.run("build", context.toString());
    assertThat(build.code()).isEqualTo(1);
    assertThat(build.error()).contains("Dockerfile:4: network bridge: netavark setup failed: ");
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
  }

  @Test
  void squashKeepsWhatLayersRemoveFromTheBaseAndForgetsTheRest() throws Exception {
    Files.createDirectories(context.resolve("data/dir"));
    for (String file : List.of("data/gone", "data/kept", "data/dir/old", "added")) {
      Files.writeString(context.resolve(file), file);
    }
    Files.writeString(
        context.resolve("Dockerfile"), "FROM scratch\nCOPY bin /bin\nCOPY data /data\n");
    assertThat(cooper.run("build", "-t", "base", context.toString()).code()).isZero();
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM base
        COPY added /added
        RUN busybox rm -r /added /data/gone /data/dir && busybox mkdir /data/dir && \
            echo new > /data/dir/new
        RUN busybox cat /proc/sys/kernel/random/uuid > /id
        """);
    String[] build = {"build", "--squash", "--network=none", "-t", "flat", context.toString()};
    CooperProcess.Ended built = cooper.run(build);
    assertThat(built.code()).as(built.error()).isZero();
    assertThat(cooper.run("diff", "base", "flat").out())
        .isEqualTo("A /data/dir/new (4B)\nD /data/dir/old (12B)\nD /data/gone (9B)\nA /id (37B)\n");
    assertThat(cooper.run("inspect", "--format", "{{len .RootFS.Layers}}", "flat").out())
        .isEqualTo("3\n");
    CooperProcess.Ended inside =
        cooper.run("run", "--rm", "--network=none", "flat", "/bin/busybox", "ls", "/data/dir");
    assertThat(inside.out()).as(inside.error()).isEqualTo("new\n");
    // From the cache it is the same; done again, RUN made another file, and so has the squash.
    String id = cooper.run("images", "-q", "flat").out();
    assertThat(cooper.run(build).code()).isZero();
    assertThat(cooper.run("images", "-q", "flat").out()).isEqualTo(id);
    build[2] = "--no-cache";
    build[1] = "--squash";
    String first = idFile();
    assertThat(cooper.run(build).code()).isZero();
    assertThat(idFile()).hasSize(37).isNotEqualTo(first);
  }

  /** What the image's RUN made. */
  private String idFile() throws Exception {
    return cooper.run("run", "--rm", "--network=none", "flat", "/bin/busybox", "cat", "/id").out();
  }

  @Test
  void anImageIdOfAnEarlierBuildDoesNotOutliveAFailure() throws Exception {
    Path image = directory.resolve("id");
    dockerfile("true");
    String[] build = {"build", "--iidfile", image.toString(), "--network=none", context.toString()};
    assertThat(cooper.run(build).code()).isZero();
    assertThat(image).content().startsWith("sha256:");
    dockerfile("exit 3");
    assertThat(cooper.run(build).code()).isEqualTo(3);
    assertThat(image).doesNotExist();
  }

  @Test
  void heredocsAreScriptsOfTheShellOrOfTheirInterpreter() throws Exception {
    Files.createSymbolicLink(context.resolve("bin/awk"), Path.of("busybox"));
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch
        COPY bin /bin
        ENV PATH=/bin V=value
        RUN <<EOF
        echo shell $V $((1 + 1))
        exec busybox cat /proc/self/mounts > /dev/null
        EOF
        RUN <<EOF
        #!/bin/awk -f
        BEGIN { print "awk " ENVIRON["V"] }
        EOF
        RUN <<-"EOF" busybox sh -s one
        	echo "quoted $1 $V"
        	EOF
        RUN busybox cat <<ONE && busybox cat 3<<TWO <&3
        first $V
        ONE
        second
        TWO
        SHELL ["/bin/busybox", "sh", "-xc"]
        RUN <<EOF
        echo other shell
        EOF
        RUN <<EOF
        #!/bin/nothing
        EOF
        """);
    CooperProcess.Ended build = cooper.run("build", "--network", "none", context.toString());
    assertThat(build.out().lines())
        .contains(
            "shell value 2",
            "awk value",
            "quoted one value",
            "first value",
            "second",
            "other shell");
    assertThat(build.error()).contains("+ echo other shell");
    assertThat(build.code()).isNotZero();
    assertThat(build.error()).contains("   24 | >>> RUN <<EOF\n   25 | >>> #!/bin/nothing\n");
  }

  @Test
  void flagsThatMeanNothingAreRefused() throws Exception {
    dockerfile("true");
    CooperProcess.Ended build = cooper.run("build", "--add-host", "db", context.toString());
    assertThat(build.code()).isEqualTo(125);
    assertThat(build.error())
        .startsWith("invalid argument \"db\" for \"--add-host\" flag: bad format for add-host");
  }
}
