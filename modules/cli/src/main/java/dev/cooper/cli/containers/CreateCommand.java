package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Container;
import dev.cooper.engine.ContainerRequest;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper create}. */
@Usage(
    name = "create",
    synopsis = "cooper create [OPTIONS] IMAGE [COMMAND] [ARG...]",
    description = "Create a new container")
public final class CreateCommand implements Command {
  @Mixin ContainerFlags flags = new ContainerFlags();

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public boolean stopsAtFirstOperand() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      ContainerRequest request = new RequestReader(flags, "create").read(operands, false);
      IdFile idFile = IdFile.open(flags.cidFile);
      Container container = PullFirst.create(cooper, flags, request, invocation.console().error());
      idFile.write(container.id());
      invocation.console().out().println(container.id());
      return 0;
    }
  }
}
