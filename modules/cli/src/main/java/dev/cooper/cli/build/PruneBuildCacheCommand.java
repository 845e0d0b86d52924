package dev.cooper.cli.build;

import dev.cooper.api.Cooper;
import dev.cooper.builder.BuildCache;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.Question;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper builder prune}. */
@Usage(
    name = "builder prune",
    synopsis = "cooper builder prune [OPTIONS]",
    description = "Remove build cache")
public final class PruneBuildCacheCommand implements Command {
  @Option(
      names = {"-a", "--all"},
      description = "Remove all build cache, not just what no image has")
  boolean all;

  @Option(
      names = {"-f", "--force"},
      description = "Do not prompt for confirmation")
  boolean force;

  @Option(
      names = "--filter",
      paramLabel = "filter",
      description = "Provide filter values (e.g. 'until=24h', 'type=exec.cachemount', 'id=…')")
  List<String> filters = new ArrayList<>();

  @Option(
      names = {"--max-used-space", "--keep-storage", "--reserved-space"},
      paramLabel = "bytes",
      description = "Amount of disk space to keep for cache: what was used last stays")
  @Nullable String keep;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    CacheFilter filter = CacheFilter.parse(filters, Instant.now());
    long kept = keep == null ? 0 : HumanSize.parse(keep);
    String warning =
        all
            ? "WARNING! This will remove all build cache."
            : "WARNING! This will remove all dangling build cache.";
    if (!force && !Question.yes(invocation.console(), warning)) {
      return 0;
    }
    PrintStream out = invocation.console().out();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      BuildCache.Pruned pruned =
          cooper
              .buildCache()
              .prune(entry -> (all || isDangling(entry)) && filter.accepts(entry), kept);
      long _ = cooper.reclaim();
      if (!pruned.ids().isEmpty()) {
        out.println("Deleted build cache objects:");
        pruned.ids().forEach(out::println);
        out.println();
      }
      out.println("Total reclaimed space: " + HumanSize.of(pruned.bytes()));
    }
    return 0;
  }

  /** What an image has stays, and so does what has no bytes but makes the same image come out. */
  private static boolean isDangling(BuildCache.Entry entry) {
    return !entry.shared() && (entry.kind() != BuildCache.Kind.REGULAR || entry.size() > 0);
  }
}
