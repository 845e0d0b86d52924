package dev.cooper.cli.build;

import dev.cooper.builder.BuildFailure;
import dev.cooper.builder.Debugger;
import dev.cooper.builder.run.Inspection;
import dev.cooper.cli.Console;
import dev.cooper.cli.containers.Session;
import dev.cooper.engine.Attachment;
import dev.cooper.linux.Terminal;
import dev.cooper.runtime.AttachedSession;
import dev.cooper.runtime.DetachKeys;
import dev.cooper.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.PrintStream;

/** {@code cooper build --debug}: a shell on this terminal where a RUN has failed. */
final class DebugShell implements Debugger {
  private final Console console;
  private final ShownProgress progress;
  private boolean opened;

  DebugShell(Console console, ShownProgress progress) {
    this.console = console;
    this.progress = progress;
  }

  /** Whether there was a shell, and the failure was told before it. */
  boolean opened() {
    return opened;
  }

  @Override
  public void failed(BuildFailure failure, Inspection inspection)
      throws IOException, InterruptedException {
    progress.pause();
    console.out().flush();
    PrintStream error = console.error();
    if (!Session.inputIsTerminal() || !Terminal.is(Terminal.OUTPUT)) {
      error.println("No shell: --debug needs a terminal for input and output. Run it from one.");
      return;
    }
    if (!progress.showsOutput()) {
      error.print(failure.lastOutput());
    }
    error.print(failure.excerpt());
    error.println(failure.getMessage());
    error.println(
        "This is "
            + inspection.program()
            + " in the step's container, as the command left it. The build ends with it.");
    opened = true;
    try (Session session = new Session(console, true, new Attachment(true, true, true));
        Inspection.Shell shell = inspection.open(Session.size(true))) {
      session.begin(shell.monitor(), null);
      shell.start();
      if (session.run(shell.attachment(), DetachKeys.standard())
          == AttachedSession.End.PROCESS_ENDED) {
        int _ = shell.monitor().await();
      }
    } catch (RuntimeFailure e) {
      error.println("No shell: " + e.getMessage());
    }
  }
}
