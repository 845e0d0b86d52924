package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations as a kernel shows them. */
class ForeignProgramsTest {
  /** As Debian's qemu-user-static registers it. */
  private static final String ARM64 =
      """
      %s
      interpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P
      flags: %s
      offset 0
      magic 7f454c460201010000000000000000000200b700
      mask ffffffffffffff00fffffffffffffffffeffffff
      """;

  private static final Platform FOREIGN = Platform.parse("linux/arm64");

  @TempDir Path root;
  private Path registered;
  private ForeignPrograms programs;

  @BeforeEach
  void open() throws Exception {
    registered = Files.createDirectories(root.resolve("proc/sys/fs/binfmt_misc"));
    programs = new ForeignPrograms(root, Platform.parse("linux/amd64"));
    Files.writeString(registered.resolve("status"), "enabled\n");
    Files.writeString(registered.resolve("register"), "");
  }

  private void program(String path) throws Exception {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    file.toFile().setExecutable(true);
  }

  private void register(String state, String flags) throws Exception {
    Files.writeString(registered.resolve("qemu-aarch64"), ARM64.formatted(state, flags));
  }

  @Test
  void whatTheProcessorRunsNeedsNothing() {
    assertThatCode(() -> programs.require(Platform.parse("linux/amd64")))
        .doesNotThrowAnyException();
    assertThatCode(() -> programs.require(Platform.parse("linux/386"))).doesNotThrowAnyException();
  }

  @Test
  void anEmulatorThatContainersSeeIsEnough() throws Exception {
    register("enabled", "POCF");
    assertThatCode(() -> programs.require(Platform.parse("linux/arm64")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> programs.require(Platform.parse("linux/s390x")))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessage("programs for linux/s390x do not run on this machine, which is linux/amd64");
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    assertThatThrownBy(() -> programs.require(Platform.parse("linux/arm64")))
        .extracting(e -> ((CooperException) e).hint().orElseThrow())
        .isEqualTo("install the emulators: apt-get install qemu-user-static binfmt-support");
    register("disabled", "F");
    assertThat(programs.missing(FOREIGN))
        .isEqualTo("its emulator is switched off: echo 1 > " + registered.resolve("qemu-aarch64"));
    register("enabled", "OC");
    assertThatThrownBy(() -> programs.require(Platform.parse("linux/arm64")))
        .extracting(e -> ((CooperException) e).hint().orElseThrow().split(";")[0])
        .isEqualTo(
            "/usr/libexec/qemu-binfmt/aarch64-binfmt-P is registered without the flag F, so that"
                + " containers do not see it");
  }

  @Test
  void whatIsInstalledHasToBeRegistered() throws Exception {
    program("usr/bin/qemu-aarch64-static");
    assertThat(programs.missing(FOREIGN))
        .isEqualTo(
            "qemu-aarch64 is installed, but not registered with the kernel: apt-get install"
                + " binfmt-support && update-binfmts --enable qemu-aarch64");
    program("usr/sbin/update-binfmts");
    Files.delete(registered.resolve("register"));
    assertThat(programs.missing(FOREIGN))
        .isEqualTo(
            "qemu-aarch64 is installed, but not registered with the kernel: mount -t binfmt_misc"
                + " binfmt_misc /proc/sys/fs/binfmt_misc && update-binfmts --enable qemu-aarch64");
    assertThat(programs.missing(Platform.parse("linux/s390x"))).startsWith("install the emulators");
  }

  @Test
  void aMachineWithoutRegistrationsHasNone() throws Exception {
    Files.delete(registered.resolve("register"));
    Files.delete(registered.resolve("status"));
    Files.delete(registered);
    assertThat(programs.missing(FOREIGN)).startsWith("install the emulators");
    assertThat(programs.missing(Platform.parse("linux/amd64"))).isNull();
  }

  @Test
  void aProcessorThatNobodyKnowsHasNoEmulator() {
    assertThatThrownBy(() -> programs.require(Platform.parse("linux/sw64")))
        .extracting(e -> ((CooperException) e).hint().orElseThrow())
        .isEqualTo("no emulator for it is known: leave out what has to run");
  }
}
