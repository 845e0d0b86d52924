package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Attachment;
import dev.cooper.engine.ExecRequest;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.linux.Linux;
import dev.cooper.runtime.AttachedSession;
import dev.cooper.runtime.DetachKeys;
import dev.cooper.runtime.PendingExec;
import dev.cooper.runtime.RuntimeFailure;
import java.nio.file.Path;
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

  @Option(
      names = {"-e", "--env"},
      paramLabel = "list",
      description = "Set environment variables")
  List<String> env = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "list",
      description = "Read in a file of environment variables")
  List<String> envFile = new ArrayList<>();

  @Option(
      names = {"-i", "--interactive"},
      description = "Keep STDIN open even if not attached")
  boolean interactive;

  @Option(names = "--privileged", description = "Give extended privileges to the command")
  boolean privileged;

  @Option(
      names = {"-t", "--tty"},
      description = "Allocate a pseudo-TTY")
  boolean tty;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "string",
      description = "Username or UID (format: <name|uid>[:<group|gid>])")
  @Nullable String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "string",
      description = "Working directory inside the container")
  @Nullable String workdir;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public boolean stopsAtFirstOperand() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(2, operands);
    Linux.prepareInBackground();
    List<String> variables = new ArrayList<>();
    for (String file : envFile) {
      variables.addAll(VariableFile.read(Path.of(file)));
    }
    for (String variable : env) {
      String own = variable.indexOf('=') < 0 ? System.getenv(variable) : null;
      variables.add(own == null ? variable : variable + "=" + own);
    }
    String name = operands.getFirst();
    ExecRequest request =
        new ExecRequest(
            operands.subList(1, operands.size()),
            variables,
            workdir,
            user,
            tty,
            interactive,
            privileged);
    if (!detach && interactive && tty && !Session.inputIsTerminal()) {
      invocation.console().error().println("the input device is not a TTY");
      return 1;
    }
    DetachKeys keys = detachKeys == null ? DetachKeys.standard() : DetachKeys.parse(detachKeys);
    Attachment streams = new Attachment(interactive, true, true);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      if (detach) {
        cooper.containers().execDetached(name, request);
        return 0;
      }
      try (Session session = new Session(invocation.console(), tty, streams);
          PendingExec pending = cooper.containers().exec(name, request, Session.size(tty))) {
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
