package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.explore.ImageDiff;
import dev.cooper.engine.Change;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper diff}. */
@Usage(
    name = "diff",
    synopsis = {"cooper diff CONTAINER", "cooper diff IMAGE IMAGE"},
    description =
        "Inspect changes to files or directories on a container's filesystem, or compare the files,"
            + " config and packages of two images")
public final class DiffCommand implements Command {
  @Option(names = "--json", description = "Print the differences of two images as JSON")
  boolean json;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    if (operands.size() != 2) {
      Operands.exactly(1, operands);
      if (json) {
        throw new CooperException.InvalidInput(
            "--json prints the differences of two images", "cooper diff --json IMAGE IMAGE");
      }
    }
    try (Cooper cooper = Cooper.open(invocation.root())) {
      if (operands.size() == 2) {
        ImageDiff.print(cooper, operands.getFirst(), operands.getLast(), json, invocation);
        return 0;
      }
      for (Change change : cooper.containers().changes(operands.getFirst())) {
        invocation.console().out().println(change);
      }
    }
    return 0;
  }
}
