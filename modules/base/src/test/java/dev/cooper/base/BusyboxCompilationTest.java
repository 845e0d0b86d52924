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
        .hasMessage("busybox does not have the command git, systemctl");
  }

  @Test
  void aTableOfNamesWithoutBusyboxItselfIsFoundToo() {
    byte[] binary =
        "alpha\0beta\0\0\u0001BusyBox v1\0cat\0echo\0ls\0newone\0\0zulu\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(BusyboxApplets.read(binary)).containsExactly("cat", "echo", "ls", "newone");
  }

  @Test
  void theCompiledOneIsSmallAndHasWhatWasAskedFor(@TempDir Path folder) throws Exception {
    Path binary;
    List<String> told = new ArrayList<>();
    List<String> applets = List.of("cat", "echo", "sh");
    try {
      binary = BusyboxCompilation.of(applets, Optional.empty(), folder, told::add);
    } catch (CooperException.NotFound e) {
      Assumptions.abort("no compiler, musl or mirror of Debian: " + e.getMessage());
      return;
    }
    BusyboxBase base = BusyboxBase.of(binary, BusyboxOptions.DEFAULT);
    assertThat(base.applets()).isEqualTo(applets);
    assertThat(base.packedSize()).isBetween(20_000L, 200_000L);
    assertThat(told).anySatisfy(line -> assertThat(line).endsWith("with 3 commands"));
    assertThat(base.modified()).isEqualTo(Files.getLastModifiedTime(binary).toInstant());
    Process shell =
        new ProcessBuilder(binary.toString(), "sh", "-c", "echo $((6 * 7)) | cat")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("42\n");
  }
}
