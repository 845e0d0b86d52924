package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.Question;
import dev.cooper.cli.system.Pruning;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper container prune}. */
@Usage(
    name = "container prune",
    synopsis = "cooper container prune [OPTIONS]",
    description = "Remove all stopped containers")
public final class PruneContainersCommand implements Command {
  @Option(
      names = {"-f", "--force"},
      description = "Do not prompt for confirmation")
  boolean force;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    if (!force
        && !Question.yes(
            invocation.console(), "WARNING! This will remove all stopped containers.")) {
      return 0;
    }
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Pruning pruning = new Pruning(cooper, invocation.console().out());
      pruning.containers();
      pruning.tellTotal();
    }
    return 0;
  }
}
