package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.MadeImage;
import dev.cooper.image.layer.TarEntry;
import org.junit.jupiter.api.Test;

class DoctorSystemTest {
  @Test
  void programsNeedAPlaceForTemporaryFiles() {
    MadeImage image =
        new MadeImage().layer("COPY", l -> l.program("app", RUNS)).config(command("/app"));
    assertThat(findings(image)).containsExactly("WARNING no-tmp /tmp ");
    assertThat(findings(new MadeImage().layer("COPY", l -> l.file("readme", "text"))))
        .containsExactly("NOTE no-command  ");
  }

  @Test
  void dangerousPermissionsAreFound() {
    MadeImage image =
        new MadeImage()
            .layer(
                "ADD",
                l ->
                    l.entry(TarEntry.directory("tmp").withMode(0755))
                        .file(TarEntry.file("su", 0).withMode(04755), RUNS)
                        .file(TarEntry.file("open", 0).withMode(0666), RUNS)
                        .entry(TarEntry.directory("drop").withMode(0777)))
            .config(command("/su"));

    assertThat(findings(image))
        .containsExactly(
            "WARNING tmp-mode /tmp 0",
            "WARNING world-writable /drop 0",
            "WARNING world-writable /open 0",
            "NOTE set-id /su 0");
  }
}
