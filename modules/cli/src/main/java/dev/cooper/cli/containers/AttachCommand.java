package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Attachment;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper attach}. */
@Usage(
    name = "attach",
    synopsis = "cooper attach [OPTIONS] CONTAINER",
    description = "Attach local standard input, output, and error streams to a running container")
public final class AttachCommand implements Command {
  @Option(
      names = "--detach-keys",
      paramLabel = "string",
      description = "Override the key sequence for detaching a container")
  @Nullable String detachKeys;

  @Option(names = "--no-stdin", description = "Do not attach STDIN")
  boolean noInput;

  @Option(
      names = "--sig-proxy",
      description = "Proxy all received signals to the process (default true)")
  boolean signalProxy = true;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Containers.Status status = cooper.containers().require(operands.getFirst());
      if (!status.state().running()) {
        throw new CooperException.Conflict(
            "You cannot attach to a stopped container, start it first");
      }
      boolean input = !noInput && status.container().openInput();
      if (input && status.container().terminal() && !Session.inputIsTerminal()) {
        invocation.console().error().println("the input device is not a TTY");
        return 1;
      }
      return new Join(cooper, invocation.console(), detachKeys, signalProxy)
          .run(status.container(), new Attachment(input, true, true));
    }
  }
}
