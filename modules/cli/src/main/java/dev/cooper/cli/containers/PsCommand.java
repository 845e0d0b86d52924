package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.Listing;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper ps}. */
@Usage(name = "ps", synopsis = "cooper ps [OPTIONS]", description = "List containers")
public final class PsCommand implements Command {
  @Option(
      names = {"-a", "--all"},
      description = "Show all containers (default shows just running)")
  boolean all;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "filter",
      description = "Filter output: id=, name=, label=, status=, ancestor=, exited=, volume=, …")
  List<String> filters = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "string",
      description = "Format output using a Go template")
  @Nullable String format;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "int",
      description = "Show n last created containers (includes all states)")
  int last = -1;

  @Option(
      names = {"-l", "--latest"},
      description = "Show the latest created container (includes all states)")
  boolean latest;

  @Option(names = "--no-trunc", description = "Don't truncate output")
  boolean noTrunc;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only display container IDs")
  boolean quiet;

  @Option(
      names = {"-s", "--size"},
      description = "Display total file sizes")
  boolean size;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      ContainerFilter filter = ContainerFilter.parse(filters, cooper);
      int limit = latest ? 1 : last;
      boolean everything = all || limit >= 0 || filter.namesStatus();
      ContainerRow rows = new ContainerRow(cooper, noTrunc, size, format != null, Instant.now());
      Listing listing = new Listing(ContainerRow.headers());
      int shown = 0;
      for (Containers.Status status : cooper.containers().list()) {
        if ((!everything && !status.state().running()) || !filter.accepts(status)) {
          continue;
        }
        if (limit >= 0 && shown == limit) {
          break;
        }
        shown++;
        if (quiet && format == null) {
          String id = status.container().id();
          invocation.console().out().println(noTrunc ? id : status.container().shortId());
        } else {
          listing.row(rows.of(status));
        }
      }
      if (quiet && format == null) {
        return 0;
      }
      List<String> columns =
          new ArrayList<>(
              List.of("ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"));
      if (size) {
        columns.add("Size");
      }
      listing.print(format, columns, invocation.console().out());
    }
    return 0;
  }
}
