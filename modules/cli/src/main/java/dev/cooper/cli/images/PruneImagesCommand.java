package dev.cooper.cli.images;

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

/** {@code cooper image prune}. */
@Usage(
    name = "image prune",
    synopsis = "cooper image prune [OPTIONS]",
    description = "Remove unused images")
public final class PruneImagesCommand implements Command {
  @Option(
      names = {"-a", "--all"},
      description = "Remove all unused images, not just dangling ones")
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
        all
            ? "WARNING! This will remove all images without at least one container associated to"
                + " them."
            : "WARNING! This will remove all dangling images.";
    if (!force && !Question.yes(invocation.console(), warning)) {
      return 0;
    }
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Pruning pruning = new Pruning(cooper, invocation.console().out());
      pruning.images(all);
      pruning.reclaim();
      pruning.tellTotal();
    }
    return 0;
  }
}
