package dev.cooper.cli.volumes;

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

/** {@code cooper volume prune}. */
@Usage(
    name = "volume prune",
    synopsis = "cooper volume prune [OPTIONS]",
    description = "Remove unused local volumes")
public final class PruneVolumesCommand implements Command {
  @Option(
      names = {"-a", "--all"},
      description = "Remove all unused volumes, not just anonymous ones")
  boolean all;

  @Option(
      names = {"-f", "--force"},
      description = "Do not prompt for confirmation")
  boolean force;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    String warning =
        "WARNING! This will remove "
            + (all ? "all" : "anonymous")
            + " local volumes not used by at least one container.";
    if (!force && !Question.yes(invocation.console(), warning)) {
      return 0;
    }
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Pruning pruning = new Pruning(cooper, invocation.console().out());
      pruning.volumes(all);
      pruning.tellTotal();
    }
    return 0;
  }
}
