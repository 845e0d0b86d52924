package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper container cleanup}: what a container's monitor runs after its end. */
@Usage(
    name = "container cleanup",
    synopsis = "cooper container cleanup [CONTAINER...]",
    description = "Take down mounts and networks of containers that have ended (all by default)")
public final class CleanUpCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    try (Cooper cooper = Cooper.open(invocation.root())) {
      if (operands.isEmpty()) {
        for (Containers.Status status : cooper.containers().list()) {
          cooper.containers().cleanUp(status.container().id());
        }
      }
      for (String id : operands) {
        cooper.containers().cleanUp(id);
      }
    }
    return 0;
  }
}
