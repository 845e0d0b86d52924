package dev.cooper.cli.volumes;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper volume rm}. */
@Usage(
    name = "volume rm",
    synopsis = "cooper volume rm [OPTIONS] VOLUME [VOLUME...]",
    description = "Remove one or more volumes")
public final class RemoveVolumeCommand implements Command {
  @Option(
      names = {"-f", "--force"},
      description = "Do not fail on volumes that are not there")
  boolean force;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    int status = 0;
    try (Cooper cooper = Cooper.open(invocation.root())) {
      for (String name : operands) {
        try {
          cooper.containers().volumeUse().remove(name);
          invocation.console().out().println(name);
        } catch (CooperException | IOException e) {
          if (force && e instanceof CooperException.NotFound) {
            invocation.console().out().println(name);
            continue;
          }
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
