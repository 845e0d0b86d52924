package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.acceptance.run.CooperProcess;
import dev.cooper.image.Platform;
import dev.cooper.runtime.ForeignPrograms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs of other processors, in RUN and in containers. Where the kernel is not told of the
 * emulators, it is told for the time of the test.
 */
class ForeignPlatformTest {
  private static final Path BINFMT = Path.of("/proc/sys/fs/binfmt_misc");
  private static final List<String> ARCHITECTURES = List.of("arm64", "riscv64");

  private static boolean mounted;
  private static final List<Path> registered = new ArrayList<>();
  private static String refused = "";

  @TempDir Path directory;
  private CooperProcess cooper;
  private Path context;

  @BeforeAll
  static void register() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "RUN needs root: not tested");
    assumeTrue(Platform.host().architecture().equals("amd64"), "written for amd64: not tested");
    for (String architecture : ARCHITECTURES) {
      if (ForeignPrograms.ofThisMachine().missing(Platform.parse("linux/" + architecture))
          == null) {
        continue;
      }
      Path emulator = emulator(architecture);
      if (!Files.isExecutable(emulator)) {
        continue;
      }
      if (!Files.exists(BINFMT.resolve("register"))) {
        mounted = sh("mount -t binfmt_misc binfmt_misc " + BINFMT) == 0;
      }
      try {
        register(architecture, emulator);
      } catch (IOException e) {
        // Another's machine, a container perhaps, where only its owner may.
        refused = "; " + e;
      }
    }
  }

  private static void register(String architecture, Path emulator) throws IOException {
    String name = "cooper-test-" + architecture;
    Files.writeString(
        BINFMT.resolve("register"),
        ":" + name + ":M::" + magic(architecture) + "::" + emulator + ":F",
        StandardOpenOption.WRITE);
    registered.add(BINFMT.resolve(name));
  }

  /** The first twenty bytes of a program: little-endian, 64 bits, executable, the processor. */
  private static String magic(String architecture) {
    StringBuilder text = new StringBuilder();
    for (byte each : Arrays.copyOf(program(architecture), 20)) {
      text.append(String.format("\\x%02x", each));
    }
    return text.toString();
  }

  @AfterAll
  static void unregister() throws Exception {
    for (Path each : registered) {
      Files.writeString(each, "-1", StandardOpenOption.WRITE);
    }
    if (mounted) {
      assertThat(sh("umount " + BINFMT)).isZero();
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    cooper = new CooperProcess(directory.resolve("root"));
    context = Files.createDirectory(directory.resolve("context"));
    for (String architecture : ARCHITECTURES) {
      Path file = context.resolve("machine-" + architecture);
      Files.write(file, program(architecture));
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch AS program
        ARG TARGETARCH
        COPY machine-$TARGETARCH /machine
        CMD ["/machine"]
        FROM program
        RUN ["/machine"]
        """);
  }

  private static void assumeEmulation() throws IOException {
    for (String architecture : ARCHITECTURES) {
      String missing =
          ForeignPrograms.ofThisMachine().missing(Platform.parse("linux/" + architecture));
      assumeTrue(
          missing == null,
          "no emulator for " + architecture + ": not tested: " + missing + refused);
    }
  }

  @Test
  void runGoesThroughAnEmulatorForEachPlatform() throws Exception {
    assumeEmulation();
    CooperProcess.Ended build =
        cooper.run(
            "build",
            "--network=none",
            "--platform=linux/arm64,linux/riscv64",
            "-t",
            "both",
            context.toString());
    assertThat(build.code()).as(build.error()).isZero();
    // What the programs say has no end of line; "riscv64" alone would be in the platform's name.
    assertThat(build.out()).contains("aarch64").containsPattern("(?m)(^|[^/])riscv64");
    // One name, an image for each of them.
    for (String platform : List.of("linux/arm64", "linux/riscv64")) {
      CooperProcess.Ended made = cooper.run("create", "--platform=" + platform, "both", "/any");
      assertThat(made.code()).as(made.error()).isZero();
    }
    assertThat(cooper.run("create", "--platform=linux/s390x", "both", "/any").error())
        .contains("was found but does not match the specified platform: wanted linux/s390x");
  }

  @ParameterizedTest
  @CsvSource({"arm64, aarch64", "riscv64, riscv64"})
  void aContainerOfAnotherProcessorRuns(String architecture, String machine) throws Exception {
    assumeEmulation();
    CooperProcess.Ended build =
        cooper.run(
            "build",
            "--platform=linux/" + architecture,
            "--target=program",
            "-t",
            "foreign",
            context.toString());
    assertThat(build.code()).as(build.error()).isZero();
    CooperProcess.Ended run = cooper.run("run", "--rm", "--network=none", "foreign");
    assertThat(run.code()).as(run.error()).isZero();
    assertThat(run.out()).isEqualTo(machine);
  }

  @Test
  void withoutAnEmulatorItIsSaidWhatToInstall() throws Exception {
    assumeTrue(Files.isDirectory(BINFMT), "no binfmt_misc in this kernel: not tested");
    assumeTrue(sh("unshare --mount true") == 0, "no mount namespace allowed: not tested");
    // In a mount namespace of its own, where neither registrations nor the emulator are seen.
    String hidden =
        "mount -t tmpfs tmpfs "
            + BINFMT
            + "; for each in /usr/bin/qemu-aarch64 /usr/bin/qemu-aarch64-static; do"
            + " if [ -e $each ]; then mount --bind /dev/null $each; fi; done; exec \"$@\"";
    CooperProcess.Ended build =
        cooper
            .through("unshare", "--mount", "sh", "-ec", hidden, "sh")
            .run("build", "--network=none", "--platform=linux/arm64", context.toString());
    assertThat(build.code()).isEqualTo(1);
    assertThat(build.error())
        .contains(
            "Dockerfile:6: programs for linux/arm64 do not run on this machine, which is"
                + " linux/amd64\n"
                + "Hint: install the emulators: apt-get install qemu-user-static binfmt-support\n");
  }

  @Test
  void anEmulatorThatIsNotRegisteredIsToldOf() throws Exception {
    assumeTrue(Files.isDirectory(BINFMT), "no binfmt_misc in this kernel: not tested");
    assumeTrue(sh("unshare --mount true") == 0, "no mount namespace allowed: not tested");
    assumeTrue(Files.isExecutable(emulator("arm64")), "no qemu-user-static: not tested");
    CooperProcess.Ended build =
        cooper
            .through(
                "unshare",
                "--mount",
                "sh",
                "-ec",
                "mount -t tmpfs tmpfs " + BINFMT + "; exec \"$@\"",
                "sh")
            .run("build", "--network=none", "--platform=linux/arm64", context.toString());
    assertThat(build.code()).isEqualTo(1);
    assertThat(build.error())
        .contains(
            "Hint: qemu-aarch64 is installed, but not registered with the kernel: mount -t"
                + " binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc && ")
        .contains("update-binfmts --enable qemu-aarch64\n");
  }

  @Test
  void whatNobodyEmulatesBuildsAsLongAsNothingHasToRun() throws Exception {
    Files.copy(context.resolve("machine-arm64"), context.resolve("machine-sw64"));
    CooperProcess.Ended build =
        cooper.run("build", "--platform=linux/sw64", "--target=program", context.toString());
    assertThat(build.code()).as(build.error()).isZero();
    build = cooper.run("build", "--network=none", "--platform=linux/sw64", context.toString());
    assertThat(build.code()).isEqualTo(1);
    assertThat(build.error()).contains("no emulator for it is known: leave out what has to run");
  }

  private static Path emulator(String architecture) {
    String name = architecture.equals("arm64") ? "aarch64" : architecture;
    return Path.of("/usr/bin/qemu-" + name + "-static");
  }

  private static int sh(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  /** A program that says what processor it runs on: uname(2), write(2) of seven bytes, exit(2). */
  private static byte[] program(String architecture) {
    int[] code =
        switch (architecture) {
          case "arm64" ->
              new int[] {
                0xd10643ff, // sub sp, sp, #400
                0x910003e0, // mov x0, sp
                0xd2801408, // mov x8, #160
                0xd4000001, // svc #0
                0xd2800020, // mov x0, #1
                0x910413e1, // add x1, sp, #260: the member machine
                0xd28000e2, // mov x2, #7
                0xd2800808, // mov x8, #64
                0xd4000001, // svc #0
                0xd2800000, // mov x0, #0
                0xd2800ba8, // mov x8, #93
                0xd4000001, // svc #0
              };
          case "riscv64" ->
              new int[] {
                0xe7010113, // addi sp, sp, -400
                0x00010513, // mv a0, sp
                0x0a000893, // li a7, 160
                0x00000073, // ecall
                0x00100513, // li a0, 1
                0x10410593, // addi a1, sp, 260
                0x00700613, // li a2, 7
                0x04000893, // li a7, 64
                0x00000073, // ecall
                0x00000513, // li a0, 0
                0x05d00893, // li a7, 93
                0x00000073, // ecall
              };
          default -> throw new IllegalArgumentException(architecture);
        };
    int header = 64 + 56;
    int size = header + 4 * code.length;
    long address = 0x10000;
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put("\u007fELF".getBytes(StandardCharsets.US_ASCII)).put(new byte[] {2, 1, 1});
    file.position(16);
    file.putShort((short) 2).putShort((short) (architecture.equals("arm64") ? 183 : 243));
    file.putInt(1).putLong(address + header).putLong(64).putLong(0).putInt(0);
    file.putShort((short) 64).putShort((short) 56).putShort((short) 1);
    file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    // One segment that can be read and executed: the whole file.
    file.putInt(1).putInt(5).putLong(0).putLong(address).putLong(address);
    file.putLong(size).putLong(size).putLong(0x1000);
    for (int instruction : code) {
      file.putInt(instruction);
    }
    return file.array();
  }
}
