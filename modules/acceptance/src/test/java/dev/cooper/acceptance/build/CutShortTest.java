package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.acceptance.Leftovers;
import dev.cooper.acceptance.run.CooperProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a build that is ended from outside while a RUN is at work. */
class CutShortTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  /** Found among the machine's processes. */
  private final String sleep = "sleep " + ThreadLocalRandom.current().nextInt(100_000, 10_000_000);

  @TempDir Path directory;
  private CooperProcess cooper;
  private Path context;
  private final List<CooperProcess.Running> started = new ArrayList<>();

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
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch
        COPY bin /bin
        ENV PATH=/bin
        RUN echo begun; exec busybox %s
        """
            .formatted(sleep));
  }

  @AfterEach
  void tidy() throws Exception {
    for (CooperProcess.Running each : started) {
      each.end();
    }
    if (cooper != null) {
      cooper.run("image", "prune", "-f");
    }
  }

  @Test
  void killedItLeavesNothingThatTheNextCommandDoesNotTidyAway() throws Exception {
    CooperProcess.Running build = start();
    build.awaitLine("begun");
    assertThat(left()).as("while it runs").isNotEmpty();
    assertThat(addresses()).hasSize(1);
    String address = addresses().getFirst();
    assertThat(rules(address)).isNotEmpty();
    build.kill("KILL");
    assertThat(build.await()).isEqualTo(128 + 9);

    CooperProcess.Ended prune = cooper.run("image", "prune", "-f");
    assertThat(prune.code()).isZero();
    assertThat(prune.error()).isEmpty();
    assertNothingLeft();
    assertThat(rules(address)).isEmpty();
  }

  @Test
  void theNextBuildTakesAKilledOneOffTheNetwork() throws Exception {
    CooperProcess.Running build = start();
    build.awaitLine("begun");
    List<String> address = addresses();
    build.kill("KILL");
    build.await();
    Path dockerfile = context.resolve("Dockerfile");
    Files.writeString(
        dockerfile, Files.readString(dockerfile).replace("exec busybox " + sleep, "true"));
    CooperProcess.Ended next = cooper.run("build", context.toString());
    assertThat(next.code()).as(next.error()).isZero();
    assertThat(addresses()).isEmpty();
    assertThat(rules(address.getFirst())).isEmpty();
  }

  @Test
  void interruptedItEndsAtOnceAndLeavesNothing() throws Exception {
    CooperProcess.Running build = start();
    build.awaitLine("begun");
    String address = addresses().getFirst();
    build.kill("INT");
    assertThat(build.await()).isEqualTo(130);
    assertNothingLeft();
    assertThat(rules(address)).isEmpty();
    assertThat(cooper.run("images", "-q").out()).isEmpty();
  }

  @Test
  void interruptedWhileItCopiesItLeavesNothing() throws Exception {
    // A hole: it costs no disk here, and would take seconds to be copied.
    try (RandomAccessFile big = new RandomAccessFile(context.resolve("big").toFile(), "rw")) {
      big.setLength(40L << 30);
    }
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nENV A=1\nCOPY big /big\n");
    Path image = directory.resolve("id");
    Files.writeString(image, "of an earlier build");
    CooperProcess.Running build =
        cooper.start("build", "--iidfile", image.toString(), context.toString());
    started.add(build);
    build.awaitLine("Step 3/3 : COPY big /big");
    build.kill("INT");
    assertThat(build.await()).isEqualTo(130);
    assertNothingLeft();
    try (Stream<Path> blobs = Files.list(directory.resolve("root/blobs/sha256"))) {
      assertThat(blobs).isEmpty();
    }
    assertThat(image).doesNotExist();
  }

  private CooperProcess.Running start() throws IOException {
    CooperProcess.Running build = cooper.start("build", context.toString());
    started.add(build);
    return build;
  }

  private void assertNothingLeft() throws Exception {
    assertThat(left()).as("mounts and processes").isEmpty();
    assertThat(addresses()).isEmpty();
    try (Stream<Path> files = Files.list(directory.resolve("root/tmp"))) {
      assertThat(files).isEmpty();
    }
  }

  /** Mounts in the store, and processes of the build. */
  private List<String> left() throws IOException {
    return Leftovers.of(directory, sleep);
  }

  /** The addresses in use. */
  private List<String> addresses() throws IOException {
    Path folder = directory.resolve("root/networks/addresses");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }

  /** The rules of the host's firewall for the network that an address is of. */
  private static List<String> rules(String address) throws Exception {
    Process process =
        new ProcessBuilder("iptables-save").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String rules = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    String network = address.substring(0, address.lastIndexOf('.')) + ".0/";
    return rules.lines().filter(rule -> rule.contains(network)).toList();
  }
}
