package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper rename}. */
@Usage(
    name = "rename",
    synopsis = "cooper rename CONTAINER NEW_NAME",
    description = "Rename a container")
public final class RenameCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(2, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      cooper.containers().rename(operands.get(0), operands.get(1));
    } catch (CooperException e) {
      invocation.console().error().println("Error: " + Failures.message(e));
      invocation
          .console()
          .error()
          .println("Error: failed to rename container named " + operands.get(0));
      return 1;
    }
    return 0;
  }
}
