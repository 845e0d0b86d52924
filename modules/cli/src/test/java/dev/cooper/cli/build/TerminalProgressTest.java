package dev.cooper.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.builder.BuildEvent;
import dev.cooper.builder.Reason;
import dev.cooper.linux.TerminalSize;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private static final int COLUMNS = 60;
  private static final int ROWS = 10;

  private final Screen screen = new Screen(COLUMNS, ROWS);
  private volatile TerminalSize size = new TerminalSize(ROWS, COLUMNS);
  private final TerminalProgress progress =
      TerminalProgress.start(
          new LiveView(
              new PrintStream(screen, false, StandardCharsets.UTF_8), () -> Optional.of(size)),
          true);

  private static BuildEvent.Step step(int number, String text) {
    return new BuildEvent.Step(number, 3, "0", number, text);
  }

  private void output(BuildEvent.Step step, String text) {
    progress.report(new BuildEvent.Output(step, false, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What stands on the screen, the times as T. */
  private List<String> lines() {
    synchronized (progress) {
      return screen.lines().stream().map(line -> line.replaceAll(" +\\d+\\.\\ds", " T")).toList();
    }
  }

  @Test
  void atItsEndEveryStepHasOneLine() {
    BuildEvent.Step from = step(1, "FROM scratch");
    BuildEvent.Step copy = step(2, "COPY a /");
    BuildEvent.Step run = step(3, "RUN make \\\n  all");
    progress.report(new BuildEvent.Started(from));
    progress.report(new BuildEvent.Finished(from, null));
    progress.report(new BuildEvent.Started(copy));
    progress.report(new BuildEvent.Cached(copy));
    progress.report(new BuildEvent.Finished(copy, null));
    progress.report(new BuildEvent.Started(run));
    progress.report(new BuildEvent.Missed(run, List.of(new Reason.Argument("V", "1", "2"))));
    for (int i = 0; i < 100; i++) {
      output(run, "line " + i + "\n");
    }
    progress.report(new BuildEvent.Finished(run, null));
    progress.end(true);
    assertThat(lines())
        .containsExactly(
            " => [1/3] FROM scratch T",
            " => CACHED [2/3] COPY a / T",
            " => [3/3] RUN make all T",
            " => => Not cached: build argument V: \"1\" → \"2\"",
            "[+] Building T (3/3) FINISHED");
  }

  @Test
  void aRunningStepShowsTheEndOfItsOutputAndNothingThatMovesTheCursor() {
    BuildEvent.Step run = step(2, "RUN make");
    progress.report(new BuildEvent.Started(run));
    for (int i = 0; i < 50; i++) {
      output(run, "line " + i + "\n");
    }
    output(run, "\u001b[2J\u001b[31mred\u001b[0m\n10%\r50%\r\u001b]0;title\u0007done");
    progress.report(new BuildEvent.Warned("drawn"));
    assertThat(lines())
        .containsExactly(
            "WARN: drawn",
            "[+] Building T (0/3)",
            " => [2/3] RUN make T",
            " => => # line 46",
            " => => # line 47",
            " => => # line 48",
            " => => # line 49",
            " => => # red",
            " => => # done");
  }

  @Test
  void aFailureIsMarkedAndWhatRanBesideItCanceled() {
    BuildEvent.Step one = step(1, "RUN one");
    BuildEvent.Step two = step(2, "RUN two");
    progress.report(new BuildEvent.Started(one));
    progress.report(new BuildEvent.Started(two));
    output(one, "working\n");
    progress.report(new BuildEvent.Failed(two, "no"));
    progress.end(false);
    assertThat(lines())
        .containsExactly(
            " => ERROR [2/3] RUN two T", " => CANCELED [1/3] RUN one T", "[+] Building T (1/3)");
  }

  @Test
  void aNarrowerTerminalLeavesNothingGarbled() {
    BuildEvent.Step run = step(1, "RUN " + "long ".repeat(30));
    progress.report(new BuildEvent.Started(run));
    output(run, "x".repeat(200) + "\n");
    progress.report(new BuildEvent.Warned("first"));
    synchronized (progress) {
      screen.narrow(25);
      size = new TerminalSize(ROWS, 25);
    }
    progress.report(new BuildEvent.Warned("second"));
    progress.report(new BuildEvent.Finished(run, null));
    progress.end(true);
    assertThat(lines())
        .containsExactly(
            "WARN: first", "WARN: second", " => [1/3] RUN long T", "[+] Building T (1/3)");
  }

  @Test
  void nothingIsDrawnWhileSomethingElseHasTheTerminal() {
    BuildEvent.Step run = step(1, "RUN x");
    progress.report(new BuildEvent.Started(run));
    progress.report(new BuildEvent.Warned("before"));
    progress.pause();
    output(run, "hidden\n");
    progress.report(new BuildEvent.Failed(run, "no"));
    progress.end(false);
    assertThat(lines()).containsExactly("WARN: before");
  }
}
