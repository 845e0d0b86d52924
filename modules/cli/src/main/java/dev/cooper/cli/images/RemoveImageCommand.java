package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper rmi}. */
@Usage(
    name = "rmi",
    synopsis = "cooper rmi [OPTIONS] IMAGE [IMAGE...]",
    description = "Remove one or more images")
public final class RemoveImageCommand implements Command {
  @Option(
      names = {"-f", "--force"},
      description = "Force removal of the image")
  boolean force;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    int status = 0;
    try (Cooper cooper = Cooper.open(invocation.root())) {
      for (String name : operands) {
        try {
          for (String line : cooper.images().remove(name, force).lines()) {
            invocation.console().out().println(line);
          }
        } catch (CooperException e) {
          if (!(force && e instanceof CooperException.NotFound)) {
            status = 1;
          }
          invocation.console().out().flush();
          invocation.console().error().println("Error: " + e.getMessage());
        }
      }
      cooper.reclaim();
    }
    return status;
  }
}
