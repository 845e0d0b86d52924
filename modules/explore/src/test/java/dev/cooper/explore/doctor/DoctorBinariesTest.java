package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.examine;
import static dev.cooper.explore.doctor.Examination.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.HostProgram;
import dev.cooper.explore.MadeImage;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorBinariesTest {
  @Test
  void aMissingLoaderAndMissingLibrariesAreNamed() {
    MadeImage image =
        base()
            .layer("COPY true /app", l -> l.program("app", HostProgram.program()))
            .config(command("/app"));

    assertThat(findings(image))
        .containsExactly("ERROR missing-interpreter /app 1", "ERROR missing-library /app 1");
    List<Finding> findings = examine(image);
    assertThat(findings.get(0).message()).contains("/lib64/ld-linux-x86-64.so.2");
    assertThat(findings.get(1).message()).contains("libc.so.6").contains("/app does not start");
  }

  @Test
  void aForeignProgramIsNoticed() {
    byte[] arm = HostProgram.program().clone();
    arm[18] = (byte) 183;
    MadeImage image = base().layer("COPY", l -> l.program("app", arm)).config(command("/app"));

    assertThat(findings(image)).containsExactly("ERROR wrong-architecture /app 1");
    assertThat(examine(image).get(0).message()).contains("arm64").contains("amd64");
  }

  @Test
  void aLibraryOlderThanTheProgramIsToldApartFromOneThatIsMissing() {
    byte[] old =
        new String(HostProgram.library(), StandardCharsets.ISO_8859_1)
            .replace("GLIBC_2.34", "GLIBC_0.34")
            .getBytes(StandardCharsets.ISO_8859_1);
    MadeImage image =
        base()
            .layer(
                "COPY",
                l ->
                    l.program("lib64/ld-linux-x86-64.so.2", HostProgram.loader())
                        .program("lib/x86_64-linux-gnu/libc.so.6", old)
                        .program("bin/true", HostProgram.program()))
            .config(command("/bin/true"));
    assertThat(findings(image)).containsExactly("ERROR library-too-old /bin/true 1");
    assertThat(examine(image).getFirst().message()).contains("libc.so.6").contains("GLIBC_2.34");
  }

  @Test
  void programsForOtherMachinesThatNobodyCallsAreWorthANoteOnly() {
    byte[] arm = Examination.elf(183);
    assertThat(findings(base().layer("COPY", l -> l.program("usr/lib/arch-test/arm64", arm))))
        .contains("NOTE wrong-architecture /usr/lib/arch-test/arm64 1");
    assertThat(
            findings(
                base()
                    .layer(
                        "COPY",
                        l -> l.program("usr/bin/tool", arm).program("usr/lib/x/tool", arm))))
        .contains("WARNING wrong-architecture /usr/bin/tool 1");
    assertThat(
            findings(
                base()
                    .layer("COPY", l -> l.program("usr/lib/x/tool", arm))
                    .config(command("/usr/lib/x/tool"))))
        .containsExactly("ERROR wrong-architecture /usr/lib/x/tool 1");
  }

  @Test
  void aForerunnersProgramThatIsCalledIsWorthAWarning() {
    byte[] i386 = HostProgram.program().clone();
    i386[18] = 3;
    MadeImage image = base().layer("COPY", l -> l.program("usr/bin/tool", i386));
    assertThat(findings(image))
        .contains(
            "WARNING missing-interpreter /usr/bin/tool 1",
            "WARNING missing-library /usr/bin/tool 1");
    assertThat(findings(base().layer("COPY", l -> l.program("usr/lib/x/tool", i386))))
        .contains("NOTE missing-interpreter /usr/lib/x/tool 1");
  }

  @Test
  void anImageThatNamesNoProcessorIsForThatOfItsPrograms() {
    MadeImage image =
        base()
            .layer("COPY", l -> l.program("usr/lib/x/tool", HostProgram.program()))
            .config(c -> ImageConfig.scratch(new Platform("linux", "", null)));
    assertThat(findings(image))
        .contains(
            "WARNING missing-interpreter /usr/lib/x/tool 1",
            "WARNING missing-library /usr/lib/x/tool 1");
  }

  @Test
  void anArchitectureCannotMoveTheCursor() {
    MadeImage image =
        base()
            .layer("COPY", l -> l.program("app", Examination.elf(62)))
            .config(c -> ImageConfig.scratch(new Platform("linux", "\u001b]0;pwned\u0007", null)));
    Finding finding =
        examine(image).stream()
            .filter(f -> f.kind() == FindingKind.WRONG_ARCHITECTURE)
            .findFirst()
            .orElseThrow();
    assertThat(finding.message()).contains("\\x1b]0;pwned\\x07");
    assertThat(finding.cure()).contains("\\x1b]0;pwned\\x07");
  }

  @Test
  void whatACheckForgetsToEscapeIsEscapedInTheFinding() {
    Finding finding =
        new Finding(
            Finding.Severity.NOTE,
            FindingKind.NO_COMMAND,
            "",
            Optional.empty(),
            "",
            "\u001b[2J\nerror: \\x1b",
            "a\tb\u202e");
    assertThat(finding.message()).isEqualTo("\\x1b[2J\\nerror: \\x1b");
    assertThat(finding.cure()).isEqualTo("a\\tb\\u202e");
  }
}
