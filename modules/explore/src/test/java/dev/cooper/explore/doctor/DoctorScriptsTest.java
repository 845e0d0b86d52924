package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.examine;
import static dev.cooper.explore.doctor.Examination.findings;
import static dev.cooper.explore.doctor.Examination.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.HostProgram;
import dev.cooper.explore.MadeImage;
import dev.cooper.image.ImageConfig;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DoctorScriptsTest {
  @Test
  void scriptsNeedTheirInterpreterAndUnixLineEnds() {
    MadeImage image =
        base()
            .layer(
                "COPY scripts",
                l ->
                    script(l, "a", "#!/bin/nosh\necho\n")
                        .file("not-executable", "#!/bin/nosh\n")
                        .program("bin/env", RUNS))
            .layer("COPY more", l -> script(l, "b", "#!/bin/nosh -e\n"))
            .layer("COPY dos", l -> script(l, "dos", "#!/bin/env sh\r\necho\r\n"))
            .layer("COPY env", l -> script(l, "snake", "#!/bin/env python3 -u\n"))
            .config(command("/snake"));

    assertThat(findings(image))
        .containsExactly(
            "ERROR script-carriage-return /dos 3",
            "ERROR script-interpreter-missing /snake 4",
            "WARNING script-interpreter-missing /a 1");
    assertThat(examine(image).get(2).message()).contains("/bin/nosh").contains("1 more needs it");
  }

  @Test
  void whatAShellStartsIsWhatTheImageStarts() {
    UnaryOperator<ImageConfig> shell =
        c ->
            c.withConfig(c.config().withCmd(List.of("/bin/sh", "-c", "exec /srv/start --now | x")));
    MadeImage image =
        base()
            .layer("COPY sh", l -> l.program("bin/sh", RUNS))
            .layer("COPY start", l -> script(l, "srv/start", "#!/bin/bash\n"))
            .config(shell);
    assertThat(findings(image)).containsExactly("ERROR script-interpreter-missing /srv/start 2");
  }

  @Test
  void modulesOfALanguageNeedNoInterpreterOfTheirOwn() {
    MadeImage image =
        base()
            .layer(
                "COPY lib",
                l ->
                    script(l, "usr/lib/python3/cgi.py", "#!/usr/local/bin/python\n")
                        .program("app", RUNS))
            .config(command("/app"));
    assertThat(findings(image))
        .containsExactly("NOTE script-interpreter-missing /usr/lib/python3/cgi.py 1");
    image.layer("COPY tool", l -> script(l, "usr/bin/tool", "#!/usr/local/bin/python\n"));
    assertThat(findings(image))
        .containsExactly("WARNING script-interpreter-missing /usr/bin/tool 2");
  }

  @Test
  void aRelativeInterpreterStartsOnlyInItsFolder() {
    MadeImage image =
        base()
            .layer(
                "COPY",
                l -> script(l, "app", "#!bin/tool\n").program("bin/tool", HostProgram.program()))
            .layer("COPY sound", l -> script(l, "sound", "#!/bin/env\n").program("bin/env", RUNS))
            .config(command("/sound"));
    assertThat(findings(image))
        .filteredOn(finding -> finding.contains("script"))
        .containsExactly("WARNING script-interpreter-relative /app 1");
  }
}
