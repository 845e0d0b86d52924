package dev.cooper.acceptance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.acceptance.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a {@code run} that is killed on its way, whatever it was at. */
class RunCutShortTest {
  private static final int FIRST_MILLISECONDS = 200;
  private static final int STEP_MILLISECONDS = 150;
  private static final int TRIES = 9;

  /** Found among the machine's processes. */
  private final String sleep = "sleep " + ThreadLocalRandom.current().nextInt(100_000, 10_000_000);

  @TempDir Path directory;
  private CooperProcess cooper;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "SKIPPED: running containers needs root");
    assumeTrue(Files.exists(RunImages.BUSYBOX), "SKIPPED: apt-get install busybox-static");
    cooper = new CooperProcess(directory.resolve("root"));
    Path context = Files.createDirectories(directory.resolve("context/bin"));
    Files.copy(RunImages.BUSYBOX, context.resolve("busybox"));
    Files.writeString(
        directory.resolve("context/Dockerfile"), "FROM scratch\nCOPY bin /bin\nENV PATH=/bin\n");
    assertThat(cooper.run("build", "-q", "-t", "box", context.getParent().toString()).code())
        .isZero();
  }

  @Test
  void itCanAlwaysBeRemovedAndNothingStays() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      List<String> words = new ArrayList<>(List.of("run", "--name", "cut" + i, "box", "busybox"));
      words.addAll(List.of(sleep.split(" ")));
      CooperProcess.Running run = cooper.start(words.toArray(String[]::new));
      Thread.sleep(FIRST_MILLISECONDS + i * (long) STEP_MILLISECONDS);
      run.kill("KILL");
      assertThat(run.await()).isEqualTo(128 + 9);
    }
    CooperProcess.Ended listed = cooper.run("ps", "-a", "--format", "{{.Names}} {{.State}}");
    assertThat(listed.code()).as(listed.error()).isZero();
    List<String> names = new ArrayList<>();
    for (String line : listed.out().lines().toList()) {
      // What was begun is whole: it is there, or it is not.
      assertThat(line).matches("cut\\d (created|running|exited)");
      names.add(line.substring(0, line.indexOf(' ')));
    }
    // One that was killed before it started can be started, and one that runs goes on.
    for (String name : names) {
      CooperProcess.Ended started = cooper.run("start", name);
      assertThat(started.code()).as(started.error()).isZero();
      CooperProcess.Ended asked = cooper.run("exec", name, "busybox", "echo", "here");
      assertThat(asked.out()).as(asked.error()).isEqualTo("here\n");
      assertThat(cooper.run("rm", "-f", name).code()).isZero();
    }
    CooperProcess.Ended again =
        cooper.run("run", "--rm", "--name", "cut0", "box", "busybox", "true");
    assertThat(again.code()).as(again.error()).isZero();
    assertThat(cooper.run("system", "prune", "-f").code()).isZero();
    assertThat(left()).isEmpty();
    try (Stream<Path> containers = Files.list(directory.resolve("root/containers"))) {
      assertThat(containers.filter(path -> path.getFileName().toString().length() == 64)).isEmpty();
    }
  }

  @Test
  void aContainerThatFillsTheDiskStillTellsItsExitCode() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assertThat(shell("mount -t tmpfs -o size=16m none " + disk)).isZero();
    try {
      CooperProcess small = new CooperProcess(disk.resolve("root"));
      assertThat(
              small.run("build", "-q", "-t", "box", directory.resolve("context").toString()).code())
          .isZero();
      String fill = "busybox dd if=/dev/zero of=/big bs=1M count=100; exit 3";
      CooperProcess.Ended ended =
          small.run("run", "--rm", "--network", "none", "box", "busybox", "sh", "-c", fill);
      assertThat(ended.code()).isEqualTo(3);
      assertThat(small.run("ps", "-aq").out()).as("--rm was meant").isEmpty();
      assertThat(small.run("run", "--rm", "--network", "none", "box", "busybox", "true").code())
          .isZero();
    } finally {
      // The monitor, whose working directory is there, takes a moment to see that it may go.
      String umount = "umount " + disk + " 2>/dev/null && exit 0; sleep 0.5";
      assertThat(shell("for i in 1 2 3 4 5 6 7 8 9 10; do " + umount + "; done; exit 1")).isZero();
    }
  }

  private static int shell(String line) throws Exception {
    return new ProcessBuilder("sh", "-c", line).start().waitFor();
  }

  /** Mounts in the store, and the container's processes. */
  private List<String> left() throws IOException {
    return Leftovers.of(directory, sleep);
  }
}
