package dev.cooper.cli.system;

import dev.cooper.api.Cooper;
import dev.cooper.api.DiskUsage;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.Listing;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cooper system df}. */
@Usage(name = "system df", synopsis = "cooper system df [OPTIONS]", description = "Show disk usage")
public final class DiskUsageCommand implements Command {
  @Option(
      names = "--format",
      paramLabel = "string",
      description = "Format output using a Go template, or 'json'")
  @Nullable String format;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Type", "TYPE");
    headers.put("TotalCount", "TOTAL");
    headers.put("Active", "ACTIVE");
    headers.put("Size", "SIZE");
    headers.put("Reclaimable", "RECLAIMABLE");
    Listing listing = new Listing(headers);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      for (DiskUsage usage : cooper.diskUsage()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("Type", usage.kind());
        row.put("TotalCount", Integer.toString(usage.total()));
        row.put("Active", Integer.toString(usage.active()));
        row.put("Size", HumanSize.of(usage.size()));
        row.put("Reclaimable", reclaimable(usage));
        listing.row(row);
      }
    }
    listing.print(format, List.copyOf(headers.keySet()), invocation.console().out());
    return 0;
  }

  private static String reclaimable(DiskUsage usage) {
    String bytes = HumanSize.of(usage.reclaimable());
    return usage.size() == 0
        ? bytes
        : bytes + " (" + 100 * usage.reclaimable() / usage.size() + "%)";
  }
}
