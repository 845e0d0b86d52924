package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.engine.Attachment;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.linux.Linux;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper start}. */
@Usage(
    name = "start",
    synopsis = "cooper start [OPTIONS] CONTAINER [CONTAINER...]",
    description = "Start one or more stopped containers")
public final class StartCommand implements Command {
  @Option(
      names = {"-a", "--attach"},
      description = "Attach STDOUT/STDERR and forward signals")
  boolean attach;

  @Option(
      names = {"-i", "--interactive"},
      description = "Attach container's STDIN")
  boolean interactive;

  @Option(
      names = "--detach-keys",
      paramLabel = "string",
      description = "Override the key sequence for detaching a container")
  @Nullable String detachKeys;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    if ((attach || interactive) && operands.size() > 1) {
      throw new UsageException(
          "you cannot start and attach multiple containers at once", "cooper start --help");
    }
    Linux.prepareInBackground();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      if (attach || interactive) {
        return attached(cooper, invocation);
      }
      int status = 0;
      for (String name : operands) {
        try {
          cooper.containers().start(name);
          invocation.console().out().println(name);
        } catch (CooperException | IOException e) {
          invocation.console().out().flush();
          invocation.console().error().println("Error: " + Failures.message(e));
          Failures.hint(e, invocation.console().error());
          status = 1;
        }
      }
      if (status != 0) {
        invocation
            .console()
            .error()
            .println("Error: failed to start containers: " + String.join(", ", operands));
      }
      return status;
    }
  }

  private int attached(Cooper cooper, Invocation invocation)
      throws IOException, InterruptedException {
    Containers.Status status = cooper.containers().require(operands.getFirst());
    Attachment streams = new Attachment(interactive && status.container().openInput(), true, true);
    if (status.state().running()) {
      return new Join(cooper, invocation.console(), detachKeys, true)
          .run(status.container(), streams);
    }
    return new Launch(cooper, invocation.console(), status.container(), detachKeys, true)
        .run(streams, false);
  }
}
