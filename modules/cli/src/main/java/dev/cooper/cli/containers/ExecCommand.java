package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Attachment;
import dev.cooper.engine.ExecRequest;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.linux.Linux;
import dev.cooper.runtime.AttachedSession;
import dev.cooper.runtime.DetachKeys;
import dev.cooper.runtime.PendingExec;
import dev.cooper.runtime.RuntimeFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper exec}. */
@Usage(
    name = "exec",
    synopsis = "cooper exec [OPTIONS] CONTAINER COMMAND [ARG...]",
    description = "Run a command in a running container")
public final class ExecCommand implements Command {
  @Option(
      names = {"-d", "--detach"},
      description = "Detached mode: run command in the background")
  boolean detach;

  @Option(
      names = "--detach-keys",
      paramLabel = "string",
      description = "Override the key sequence for detaching a container")
  @Nullable String detachKeys;

  @Option(names = "--privileged", description = "Give extended privileges to the command")
  boolean privileged;

  @Mixin ProcessFlags process = new ProcessFlags();

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public boolean stopsAtFirstOperand() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(2, operands);
    Linux.prepareInBackground();
    String name = operands.getFirst();
    ExecRequest request =
        new ExecRequest(
            operands.subList(1, operands.size()),
            process.variables("exec"),
            process.workdir,
            process.user,
            process.tty,
            process.interactive,
            privileged);
    if (!detach && process.interactive && process.tty && !Session.inputIsTerminal()) {
      invocation.console().error().println("the input device is not a TTY");
      return 1;
    }
    DetachKeys keys = detachKeys == null ? DetachKeys.standard() : DetachKeys.parse(detachKeys);
    Attachment streams = new Attachment(process.interactive, true, true);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      if (detach) {
        cooper.containers().execDetached(name, request);
        return 0;
      }
      try (Session session = new Session(invocation.console(), process.tty, streams);
          PendingExec pending =
              cooper.containers().exec(name, request, Session.size(process.tty))) {
        session.begin(pending.monitor(), null);
        pending.start();
        if (session.run(pending.attachment(), keys) == AttachedSession.End.DETACHED) {
          session.close();
          invocation.console().error().println("read escape sequence");
          return 0;
        }
        return pending.monitor().await();
      }
    } catch (RuntimeFailure e) {
      invocation.console().out().flush();
      invocation.console().error().println(Failures.message(e));
      return e.exitCode();
    }
  }
}
