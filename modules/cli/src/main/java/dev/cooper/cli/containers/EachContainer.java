package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Parameters;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A command that does one thing to each container named, and goes on after a failure. */
abstract class EachContainer implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  /** Does it to one container, and prints what is to be printed of it. */
  abstract void apply(Containers containers, String name, Invocation invocation)
      throws IOException, InterruptedException;

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    int status = 0;
    try (Cooper cooper = Cooper.open(invocation.root())) {
      for (String name : operands) {
        try {
          apply(cooper.containers(), name, invocation);
        } catch (CooperException | IOException e) {
          invocation.console().out().flush();
          invocation.console().error().println("Error: " + Failures.message(e));
          Failures.hint(e, invocation.console().error());
          status = 1;
        }
      }
    }
    return status;
  }
}
