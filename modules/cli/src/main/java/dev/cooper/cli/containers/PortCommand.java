package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Containers;
import dev.cooper.engine.PortBinding;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper port}. */
@Usage(
    name = "port",
    synopsis = "cooper port CONTAINER [PRIVATE_PORT[/PROTO]]",
    description = "List port mappings or a specific mapping for the container")
public final class PortCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.between(1, 2, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Containers.Status status = cooper.containers().require(operands.getFirst());
      List<String> lines = new ArrayList<>();
      if (operands.size() == 1) {
        for (PortBinding port : status.state().ports()) {
          lines.add(port.exposed() + " -> " + host(port));
        }
        lines.sort(null);
      } else {
        String asked = operands.get(1);
        String wanted = asked.contains("/") ? asked : asked + "/tcp";
        for (PortBinding port : status.state().ports()) {
          if (port.exposed().equals(wanted)) {
            lines.add(host(port));
          }
        }
        if (lines.isEmpty()) {
          throw new CooperException.NotFound(
              "No public port '" + wanted + "' published for " + operands.getFirst());
        }
      }
      lines.forEach(invocation.console().out()::println);
    }
    return 0;
  }

  private static String host(PortBinding port) {
    return (port.hostAddress().isEmpty() ? "0.0.0.0" : port.hostAddress()) + ":" + port.hostPort();
  }
}
