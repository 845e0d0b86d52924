package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyboxCompilationTest {
  private static final String SOURCE =
      """
      //applet:IF_CAT(APPLET(cat, BB_DIR_BIN, BB_SUID_DROP))
      //applet:IF_ID(    APPLET_NOEXEC(id,     id, BB_DIR_USR_BIN, BB_SUID_DROP, id    ))
      //applet:IF_TEST1(APPLET_NOFORK([,   test, BB_DIR_USR_BIN, BB_SUID_DROP, test))
      //applet:IF_LSMOD(IF_NOT_MODPROBE_SMALL(APPLET_NOEXEC(lsmod, lsmod, BB_DIR_SBIN, X, lsmod)))
      //applet:IF_SH_IS_ASH(  APPLET_ODDNAME(sh,   ash, BB_DIR_BIN, BB_SUID_DROP, ash))
      //applet:IF_SH_IS_HUSH(  APPLET_ODDNAME(sh,   hush, BB_DIR_BIN, BB_SUID_DROP, hush))
      //applet:IF_BUSYBOX(IF_FEATURE_INSTALLER(APPLET(busybox, BB_DIR_BIN, BB_SUID_MAYBE)))
      """;

  @Test
  void onlyTheChosenCommandsStayInTheConfiguration() {
    String all =
        """
        CONFIG_BUSYBOX=y
        # CONFIG_STATIC is not set
        CONFIG_CAT=y
        CONFIG_FEATURE_CATV=y
        CONFIG_ID=y
        CONFIG_LSMOD=y
        CONFIG_TEST1=y
        CONFIG_SH_IS_ASH=y
        # CONFIG_SH_IS_HUSH is not set
        CONFIG_EXTRA_CFLAGS=""
        """;
    assertThat(BusyboxConfiguration.of(SOURCE).only(List.of("sh", "["), all))
        .isEqualTo(
            """
            CONFIG_BUSYBOX=y
            CONFIG_STATIC=y
            # CONFIG_CAT is not set
            CONFIG_FEATURE_CATV=y
            # CONFIG_ID is not set
            # CONFIG_LSMOD is not set
            CONFIG_TEST1=y
            CONFIG_SH_IS_ASH=y
            # CONFIG_SH_IS_HUSH is not set
            CONFIG_EXTRA_CFLAGS=""
            """);
  }

  @Test
  void allCommandsThatTheSourceDoesNotHaveAreNamed() {
    assertThatThrownBy(
            () -> BusyboxConfiguration.of(SOURCE).only(List.of("sh", "systemctl", "git"), ""))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("busybox cannot be compiled with the command git, systemctl");
  }

  @Test
  void aTableOfNamesWithoutBusyboxItselfIsFoundToo() {
    byte[] binary =
        "alpha\0beta\0\0\u0001BusyBox v1\0cat\0echo\0ls\0newone\0\0zulu\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(BusyboxApplets.read(binary)).containsExactly("cat", "echo", "ls", "newone");
  }

  @Test
  void noShellGetsInUninvited() {
    String usual =
        """
        # CONFIG_SH_IS_NONE is not set
        CONFIG_SH_IS_ASH=y
        # CONFIG_SH_IS_HUSH is not set
        CONFIG_SHELL_ASH=y
        CONFIG_SHELL_HUSH=y
        CONFIG_CAT=y
        """;
    assertThat(BusyboxConfiguration.of(SOURCE).only(List.of("cat"), usual))
        .isEqualTo(
            """
            CONFIG_SH_IS_NONE=y
            # CONFIG_SH_IS_ASH is not set
            # CONFIG_SH_IS_HUSH is not set
            # CONFIG_SHELL_ASH is not set
            # CONFIG_SHELL_HUSH is not set
            CONFIG_CAT=y
            """);
  }

  @Test
  void oneCommandIsNoBusybox(@TempDir Path folder) {
    assertThatThrownBy(
            () -> BusyboxCompilation.of(List.of("cat"), Optional.empty(), folder, line -> {}))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("name two at least");
  }

  @Test
  void aCommandThatIsNotUsualIsSwitchedOn() {
    String usual = "# CONFIG_CAT is not set\nCONFIG_ID=y\n";
    assertThat(BusyboxConfiguration.of(SOURCE).only(List.of("cat"), usual))
        .isEqualTo("CONFIG_CAT=y\n# CONFIG_ID is not set\n");
    assertThatThrownBy(
            () -> BusyboxConfiguration.of(SOURCE).require(List.of("cat", "id"), "CONFIG_CAT=y\n"))
        .hasMessage("busybox cannot be compiled with the command id");
  }

  @Test
  void theCompiledOneIsSmallHasWhatWasAskedForAndIsTheSameTwice(@TempDir Path folder)
      throws Exception {
    for (String program : List.of("musl-gcc", "make", "dpkg-source")) {
      Assumptions.assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", program)), program + " is not installed");
    }
    List<String> told = new ArrayList<>();
    Path first = compiled(Files.createDirectory(folder.resolve("first")), told);
    BusyboxBase base = BusyboxBase.of(first, BusyboxOptions.DEFAULT);
    assertThat(BusyboxApplets.read(Files.readAllBytes(first))).containsExactly("cat", "echo");
    assertThat(base.packedSize()).isBetween(10_000L, 100_000L);
    assertThat(told).anySatisfy(line -> assertThat(line).contains("with cat echo"));
    assertThat(base.modified()).isEqualTo(Files.getLastModifiedTime(first).toInstant());
    Process cat = new ProcessBuilder(first.toString(), "cat", "/proc/self/comm").start();
    assertThat(new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("busybox\n");

    assertThat(compiled(Files.createDirectory(folder.resolve("another")), told))
        .hasSameBinaryContentAs(first);
  }

  private static Path compiled(Path folder, List<String> told) throws Exception {
    try {
      return BusyboxCompilation.of(List.of("cat", "echo"), Optional.empty(), folder, told::add);
    } catch (CooperException.NotFound e) {
      String why = String.valueOf(e.getMessage());
      Assumptions.assumeFalse(why.startsWith("apt-get update failed"), why);
      throw e;
    }
  }
}
