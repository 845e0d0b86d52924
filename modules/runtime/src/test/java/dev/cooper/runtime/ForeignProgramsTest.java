package dev.cooper.runtime;

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

  @TempDir Path registered;
  private ForeignPrograms programs;

  @BeforeEach
  void open() throws Exception {
    programs = new ForeignPrograms(registered, Platform.parse("linux/amd64"));
    Files.writeString(registered.resolve("status"), "enabled\n");
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
    assertThatThrownBy(() -> programs.require(Platform.parse("linux/arm64")))
        .isInstanceOf(CooperException.Failed.class);
    register("enabled", "OC");
    assertThatThrownBy(() -> programs.require(Platform.parse("linux/arm64")))
        .extracting(e -> ((CooperException) e).hint().orElseThrow().split(";")[0])
        .isEqualTo(
            "/usr/libexec/qemu-binfmt/aarch64-binfmt-P is registered without the flag F, so that"
                + " containers do not see it");
  }

  @Test
  void aProcessorThatNobodyKnowsHasNoEmulator() {
    assertThatThrownBy(() -> programs.require(Platform.parse("linux/sw64")))
        .extracting(e -> ((CooperException) e).hint().orElseThrow())
        .isEqualTo("no emulator for it is known: leave out what has to run");
  }
}
