package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.examine;
import static dev.cooper.explore.doctor.Examination.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cooper.explore.MadeImage;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.TarEntry;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void theCommandMustBeThereExecutableAndGetItsSignals() {
    assertThat(findings(base().config(command("/no"))))
        .containsExactly("ERROR command-missing /no ");
    assertThat(findings(base().layer("COPY", l -> l.file("app", "text")).config(command("/app"))))
        .containsExactly("ERROR not-executable /app 1", "ERROR not-a-program /app 1");
    assertThat(findings(base().config(command("/tmp"))))
        .containsExactly("ERROR command-is-directory /tmp 0");
    assertThat(findings(base())).containsExactly("NOTE no-command  ");
    MadeImage shell =
        base()
            .layer("COPY", l -> l.program("bin/sh", RUNS))
            .config(
                c ->
                    c.withConfig(c.config().withEntrypoint(List.of("/bin/sh", "-c", "server -x"))));
    assertThat(findings(shell)).containsExactly("WARNING shell-form-entrypoint  ");
    assertThat(
            findings(
                shell.config(
                    c ->
                        c.withConfig(
                            c.config().withEntrypoint(List.of("/bin/sh", "-c", "exec server"))))))
        .isEmpty();
  }

  @Test
  void aFindingAboutTheConfigNamesTheInstructionThatSetIt() {
    MadeImage image =
        base()
            .step("/bin/sh -c #(nop)  ENTRYPOINT [\"/old\"]")
            .layer("COPY", l -> l.program("bin/sh", RUNS))
            .step("/bin/sh -c #(nop)  ENTRYPOINT [\"/bin/sh\" \"-c\" \"server -x\"]")
            .step("USER app")
            .config(
                c ->
                    c.withConfig(
                        c.config()
                            .withUser("app")
                            .withEntrypoint(List.of("/bin/sh", "-c", "server -x"))));
    assertThat(examine(image))
        .extracting(Finding::kind, Finding::instruction)
        .containsExactly(
            tuple(FindingKind.USER_MISSING, "USER app"),
            tuple(
                FindingKind.SHELL_FORM_ENTRYPOINT,
                "ENTRYPOINT [\"/bin/sh\" \"-c\" \"server -x\"]"));
    // An image made by a tool that keeps no history has the findings all the same.
    assertThat(examine(base().config(command("/no"))))
        .extracting(Finding::kind, Finding::instruction)
        .containsExactly(tuple(FindingKind.COMMAND_MISSING, ""));
  }

  @Test
  void aNamedGroupHasToBeInTheImage() {
    UnaryOperator<ImageConfig> app =
        c -> c.withConfig(c.config().withCmd(List.of("/x")).withUser("7:staff"));
    MadeImage image = base().layer("COPY", l -> l.program("x", RUNS)).config(app);
    assertThat(findings(image)).containsExactly("ERROR group-missing /etc/group ");
    image.layer("RUN groupadd", l -> l.file("etc/group", "root:x:0:\nstaff:x:50:\n"));
    assertThat(findings(image)).isEmpty();
  }

  @Test
  void aNamedUserHasToBeInTheImage() {
    UnaryOperator<ImageConfig> app =
        c -> c.withConfig(c.config().withCmd(List.of("/x")).withUser("app:1000"));
    MadeImage without = base().layer("COPY", l -> l.program("x", RUNS)).config(app);
    assertThat(findings(without)).containsExactly("ERROR user-missing /etc/passwd ");
    without.layer(
        "RUN useradd", l -> l.file("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1:1::/:\n"));
    assertThat(findings(without)).isEmpty();
  }

  @Test
  void shellsThatBecomeTheirLastCommandSwallowNothing() {
    for (String script : List.of("server", "cd /srv && server ${A}", "a; b 'c | d'", "a \\& b")) {
      assertThat(findings(shell("busybox", script)))
          .as(script)
          .containsExactly("NOTE shell-form-entrypoint  ");
      assertThat(findings(shell("dash", script)))
          .as(script)
          .containsExactly("WARNING shell-form-entrypoint  ");
    }
    for (String script : List.of("server | tee log", "(server)", "trap x TERM; server", "a & b")) {
      assertThat(findings(shell("busybox", script)))
          .as(script)
          .containsExactly("WARNING shell-form-entrypoint  ");
    }
  }

  @Test
  void aShellThatTrapsTheSignalWhileItWaitsSwallowsNothing() {
    for (String script :
        List.of(
            "trap 'kill $p' TERM; server \"$@\" & p=$!; wait $p",
            "trap stop INT SIGTERM; server \"$@\" & wait",
            "stop() { kill $p; }; trap stop 15; server \"$@\" & p=$!; wait $p",
            "exec server \"$@\" 2>&1",
            "exec >/log 2>&1; exec server \"$@\"",
            "exec server \"$@\" || exit 1",
            "if a; then b; fi; exec server \"$@\"",
            "a | b; A=1 exec server \"$@\"",
            "a &&\nexec server \"$@\"")) {
      assertThat(findings(shell("dash", script))).as(script).isEmpty();
    }
    for (String script :
        List.of(
            "exec 2>&1; server \"$@\"",
            "exec >/log; server \"$@\"",
            "trap '' TERM; server \"$@\" & wait",
            "trap - TERM; server \"$@\" & wait",
            "trap stop HUP; server \"$@\" & wait",
            "server \"$@\" & wait",
            "exec server \"$@\" | tee log",
            "echo $(exec a); server \"$@\"",
            "a # exec",
            "echo exec server \"$@\"")) {
      assertThat(findings(shell("dash", script)))
          .as(script)
          .containsExactly("WARNING shell-form-entrypoint  ");
    }
  }

  @Test
  void ofACompoundCommandItIsSaidThatSignalsMayBeLost() {
    for (String script :
        List.of(
            "if a; then exec b \"$@\"; else exec c \"$@\"; fi",
            "case $1 in x) exec a \"$@\";; *) exec b \"$@\";; esac",
            "[ -n \"$D\" ] && exec debug \"$@\"; server \"$@\"",
            "trap 'exit 0' TERM; while :; do sleep 1; done; echo \"$@\"")) {
      assertThat(findings(shell("dash", script)))
          .as(script)
          .containsExactly("NOTE shell-form-entrypoint  ");
      assertThat(examine(shell("dash", script)).getFirst().message())
          .as(script)
          .contains("the shell may stay process 1");
    }
  }

  @Test
  void busyboxIsKnownByOneOfItsNamesNotByTheirNumber() {
    List<String> busybox =
        findings(
            base()
                .layer(
                    "COPY",
                    l ->
                        l.program("bin/ash", RUNS)
                            .entry(TarEntry.hardLink("usr/bin/busybox", "bin/ash"))
                            .link("bin/sh", "ash"))
                .config(Examination.entrypoint("/bin/sh", "-c", "server \"$@\"")));
    assertThat(busybox).isEmpty();
    List<String> other =
        findings(
            base()
                .layer(
                    "COPY",
                    l -> {
                      l.program("bin/sh", RUNS);
                      for (int i = 0; i < 20; i++) {
                        l.entry(TarEntry.hardLink("bin/x" + i, "bin/sh"));
                      }
                      return l;
                    })
                .config(Examination.entrypoint("/bin/sh", "-c", "server \"$@\"")));
    assertThat(other).containsExactly("WARNING shell-form-entrypoint  ");
  }

  @Test
  void accountsThatWereNotReadAreNotSaidToBeMissing() {
    for (String user : List.of("app", "7:staff", "app:staff")) {
      MadeImage image =
          base()
              .layer(
                  "COPY",
                  l ->
                      l.program("x", RUNS)
                          .file("usr/share/accounts/users", "app:x:10:10::/:\n")
                          .file("usr/share/accounts/groups", "staff:x:50:\n")
                          .link("etc/passwd", "/usr/share/accounts/users")
                          .link("etc/group", "/usr/share/accounts/groups"))
              .config(command("/x"))
              .config(c -> c.withConfig(c.config().withUser(user)));
      assertThat(findings(image)).as(user).isEmpty();
    }
  }

  private static MadeImage shell(String name, String script) {
    return base()
        .layer("COPY", l -> l.program("bin/" + name, RUNS).link("bin/sh", name))
        .config(Examination.entrypoint("/bin/sh", "-c", script));
  }
}
