package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.api.LocalImages.HistoryStep;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.Age;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.Listing;
import dev.cooper.cli.format.Moment;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cooper history}. */
@Usage(
    name = "history",
    synopsis = "cooper history [OPTIONS] IMAGE",
    description = "Show the history of an image")
public final class HistoryCommand implements Command {
  private static final int COMMAND_WIDTH = 45;

  @Option(
      names = "--format",
      paramLabel = "string",
      description = "Format output using a Go template")
  @Nullable String format;

  @Option(
      names = {"-H", "--human"},
      description = "Print sizes and dates in human readable format (default true)")
  boolean human = true;

  @Option(names = "--no-trunc", description = "Don't truncate output")
  boolean noTrunc;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only show image IDs")
  boolean quiet;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Instant now = Instant.now();
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("ID", "IMAGE");
      headers.put("CreatedSince", "CREATED");
      headers.put("CreatedAt", "CREATED AT");
      headers.put("CreatedBy", "CREATED BY");
      headers.put("Size", "SIZE");
      headers.put("Comment", "COMMENT");
      Listing listing = new Listing(headers);
      for (HistoryStep step : cooper.images().history(operands.getFirst())) {
        listing.row(row(step, now));
      }
      listing.print(
          quiet && format == null ? "{{.ID}}" : format,
          List.of("ID", human ? "CreatedSince" : "CreatedAt", "CreatedBy", "Size", "Comment"),
          invocation.console().out());
    }
    return 0;
  }

  private Map<String, Object> row(HistoryStep step, Instant now) {
    String at = step.created().map(Moment::short3339).orElse("");
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(
        "ID", step.image().map(id -> noTrunc ? id.toString() : id.shortHex()).orElse("<missing>"));
    row.put("CreatedAt", at);
    row.put(
        "CreatedSince", human ? step.created().map(then -> Age.ago(then, now)).orElse("N/A") : at);
    String by = step.createdBy().replace('\t', ' ');
    row.put(
        "CreatedBy",
        noTrunc || by.length() <= COMMAND_WIDTH ? by : by.substring(0, COMMAND_WIDTH - 1) + "…");
    row.put("Size", human ? HumanSize.of(step.size()) : Long.toString(step.size()));
    row.put("Comment", step.comment());
    return row;
  }
}
