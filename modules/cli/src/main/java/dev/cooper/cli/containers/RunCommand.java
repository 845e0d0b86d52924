package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.engine.Container;
import dev.cooper.engine.ContainerRequest;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.linux.Linux;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper run}. */
@Usage(
    name = "run",
    synopsis = "cooper run [OPTIONS] IMAGE [COMMAND] [ARG...]",
    description = "Run a command in a new container")
public final class RunCommand implements Command {
  @Mixin ContainerFlags flags = new ContainerFlags();

  @Option(
      names = {"-d", "--detach"},
      description = "Run container in background and print container ID")
  boolean detach;

  @Option(
      names = "--detach-keys",
      paramLabel = "string",
      description = "Override the key sequence for detaching a container")
  @Nullable String detachKeys;

  @Option(
      names = "--sig-proxy",
      description = "Proxy received signals to the process (default true)")
  boolean signalProxy = true;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public boolean stopsAtFirstOperand() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    Linux.prepareInBackground();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      ContainerRequest request = new RequestReader(flags, "run").read(operands, detach);
      if (request.attached().input() && flags.process.tty && !Session.inputIsTerminal()) {
        invocation.console().error().println("the input device is not a TTY");
        return 1;
      }
      IdFile idFile = IdFile.open(flags.cidFile);
      Container container = PullFirst.create(cooper, flags, request, invocation.console().error());
      idFile.write(container.id());
      return new Launch(cooper, invocation.console(), container, detachKeys, signalProxy)
          .run(request.attached(), detach);
    } catch (UsageException e) {
      throw e;
    } catch (Exception e) {
      return RunFailure.report(e, invocation, "run");
    }
  }
}
