package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be seen of it without fetching packages; a whole Debian is made by the walk-throughs.
 */
class DebianBaseTest {
  private static DebianBase of(String suite, List<String> include, String mirror) {
    return new DebianBase(
        suite, "minbase", include, Optional.of(mirror), Optional.empty(), Instant.EPOCH);
  }

  @Test
  void theCommandNamesWhatWasAskedFor() {
    assertThat(of("bookworm", List.of("curl", "g++"), "http://mirror.example/debian").command())
        .startsWith("mmdebstrap")
        .contains("--variant=minbase", "--include=curl,g++", "bookworm")
        .endsWith("-", "http://mirror.example/debian");
  }

  @Test
  void theReleaseAndTheProcessorAreTakenByTheNamesOfImages() {
    DebianBase base =
        new DebianBase(
            "bookworm-slim",
            "minbase",
            List.of("git"),
            Optional.empty(),
            Optional.of("ppc64le"),
            Instant.EPOCH);

    assertThat(base.command())
        .contains("bookworm", "--architectures=ppc64el", "--dpkgopt=path-exclude=/usr/share/man/*");
    assertThat(base.command().stream().filter(word -> word.startsWith("--customize-hook=")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains(
            "apt-mark manual git",
            "docker-clean",
            "'Suites: bookworm bookworm-updates'",
            "'Suites: bookworm-security'");
    assertThat(base.platform()).hasToString("linux/ppc64le");
    assertThat(base.image(line -> {}).dockerfile())
        .contains("FROM --platform=linux/ppc64le scratch\n")
        .contains("# export SOURCE_DATE_EPOCH=0\n");
  }

  /** What mmdebstrap would run over an unpacked system, run over one of only its folders. */
  @Test
  void aSystemIsSetAsTheOfficialImagesAre(@TempDir Path system) throws Exception {
    for (String folder :
        List.of(
            "etc/apt/apt.conf.d",
            "etc/apt/sources.list.d",
            "etc/dpkg/dpkg.cfg.d",
            "usr/sbin",
            "bin")) {
      Files.createDirectories(system.resolve(folder));
    }
    Path list =
        Files.writeString(system.resolve("etc/apt/sources.list"), "deb there bookworm main");
    Path marks = system.resolve("marks");
    Path mark = system.resolve("bin/apt-mark");
    Files.writeString(mark, "#!/bin/sh\necho \"$*\" >>" + marks + "\n");
    Files.setPosixFilePermissions(mark, PosixFilePermissions.fromString("rwxr-xr-x"));
    String script =
        DebianSettings.script("bookworm", false, List.of("curl", "git"), Optional.empty());
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", script, "sh", system.toString());
    shell.environment().put("PATH", mark.getParent() + ":" + System.getenv("PATH"));

    assertThat(shell.inheritIO().start().waitFor()).isZero();
    assertThat(Files.readAllLines(marks)).containsExactly("auto .*", "manual curl git");
    assertThat(list).doesNotExist();
    assertThat(system.resolve("etc/apt/sources.list.d/debian.sources"))
        .content()
        .contains("Suites: bookworm bookworm-updates\nComponents: main\nSigned-By: ");
    assertThat(system.resolve("usr/sbin/policy-rc.d"))
        .isExecutable()
        .hasContent("#!/bin/sh\nexit 101");
    assertThat(system.resolve("etc/apt/apt.conf.d/docker-clean"))
        .content()
        .contains("APT::Keep-Downloaded-Packages \"false\";");
  }

  @Test
  void wordsThatWouldBeOptionsAreRefused() {
    for (String suite : List.of("--customize-hook=reboot", "", "a b", "$(reboot)")) {
      assertThatThrownBy(() -> of(suite, List.of(), "http://mirror.example/debian"))
          .as(suite)
          .isInstanceOf(CooperException.InvalidInput.class);
    }
    assertThatThrownBy(() -> of("sid", List.of("curl;reboot"), "http://mirror.example/debian"))
        .isInstanceOf(CooperException.InvalidInput.class);
    assertThatThrownBy(() -> of("sid", List.of(), "--help"))
        .isInstanceOf(CooperException.InvalidInput.class);
  }

  @Test
  void aMirrorThatIsNotThereIsAFailureWithItsWords() {
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, "mmdebstrap").canExecute()),
        "mmdebstrap is not installed");
    List<String> said = new ArrayList<>();
    BaseImage image = of("bookworm", List.of(), "file:///nonexistent").image(said::add);
    assertThatThrownBy(() -> image.writeTo(new MemoryBlobs(), Instant.EPOCH))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageContaining("mmdebstrap could not make bookworm");
    assertThat(said).isNotEmpty();
  }
}
