package dev.cooper.cli.system;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.Question;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper system prune}. */
@Usage(
    name = "system prune",
    synopsis = "cooper system prune [OPTIONS]",
    description = "Remove unused data")
public final class PruneSystemCommand implements Command {
  @Option(
      names = {"-a", "--all"},
      description = "Remove all unused images not just dangling ones")
  boolean all;

  @Option(
      names = {"-f", "--force"},
      description = "Do not prompt for confirmation")
  boolean force;

  @Option(names = "--volumes", description = "Prune anonymous volumes")
  boolean volumes;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    if (!force && !Question.yes(invocation.console(), warning())) {
      return 0;
    }
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Pruning pruning = new Pruning(cooper, invocation.console().out());
      pruning.containers();
      if (volumes) {
        pruning.volumes(false);
      }
      pruning.images(all);
      pruning.buildCache(all);
      pruning.reclaim();
      pruning.tellTotal();
    }
    return 0;
  }

  private String warning() {
    List<String> lines = new ArrayList<>();
    lines.add("WARNING! This will remove:");
    lines.add("  - all stopped containers");
    if (volumes) {
      lines.add("  - all anonymous volumes not used by at least one container");
    }
    lines.add(
        all
            ? "  - all images without at least one container associated to them"
            : "  - all dangling images");
    lines.add(all ? "  - all build cache" : "  - unused build cache");
    lines.add("");
    return String.join("\n", lines);
  }
}
