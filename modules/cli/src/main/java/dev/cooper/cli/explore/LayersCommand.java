package dev.cooper.cli.explore;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.JsonText;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.HtmlPage;
import dev.cooper.explore.LayersReport;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cooper layers}. */
@Usage(
    name = "layers",
    synopsis = "cooper layers [OPTIONS] IMAGE",
    description =
        "Show what each layer did, and what is wasted: on a terminal an explorer, else tables")
public final class LayersCommand implements Command {
  @Option(names = "--changes", description = "List every path that a layer added, changed, removed")
  boolean changes;

  @Option(
      names = "--layer",
      paramLabel = "number",
      description = "Only this layer, counted from 1 at the bottom")
  @Nullable Integer layer;

  @Option(names = "--json", description = "Print all of it as one JSON document")
  boolean json;

  @Option(
      names = "--format",
      paramLabel = "string",
      description = "Format each layer, or with --changes each change, using a Go template")
  @Nullable String format;

  @Option(
      names = "--html",
      paramLabel = "file",
      description = "Write one page that shows it all in a browser, without a network")
  @Nullable String html;

  @Option(names = "--plain", description = "Print tables, also on a terminal")
  boolean plain;

  @Option(names = "--no-trunc", description = "Don't truncate output")
  boolean noTrunc;

  @Option(names = "--ci", description = "Check the thresholds; exit with 1 when one is not held")
  boolean ci;

  // Who comes from dive has these in scripts: its spellings are understood, too.
  @Option(
      names = {"--lowest-efficiency", "--lowestEfficiency"},
      paramLabel = "ratio",
      description = "With --ci, which this implies: the least efficiency, 0 to 1 (default 0.9)")
  @Nullable Double lowestEfficiency;

  @Option(
      names = {"--highest-wasted-bytes", "--highestWastedBytes"},
      paramLabel = "size",
      description = "The most bytes that may be wasted, such as 20MB (default: any)")
  @Nullable String highestWastedBytes;

  @Option(
      names = {"--highest-user-wasted-percent", "--highestUserWastedPercent"},
      paramLabel = "ratio",
      description = "The most that may be wasted of what is above the bottom layer (default 0.1)")
  @Nullable Double highestUserWastedPercent;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    Thresholds thresholds =
        Thresholds.of(
            ratio("--lowest-efficiency", lowestEfficiency, 0.9, 1),
            highestWastedBytes,
            ratio(
                "--highest-user-wasted-percent", highestUserWastedPercent, 0.1, Double.MAX_VALUE));
    boolean checks =
        ci
            || lowestEfficiency != null
            || highestWastedBytes != null
            || highestUserWastedPercent != null;
    try (Cooper cooper = Cooper.open(invocation.root());
        ExploredImage image = cooper.images().explore(operands.getFirst())) {
      LayersReport report = image.layers();
      requireLayer(report);
      if (html != null) {
        Files.write(Path.of(html), HtmlPage.of(image, operands.getFirst()));
      }
      LayersText text = new LayersText(report, invocation.console().out(), noTrunc);
      if (json) {
        Map<String, Object> document = LayersDocument.of(image, report, layer, changes);
        if (checks) {
          document.put("Checks", thresholds.document(report));
        }
        invocation.console().out().println(JsonText.indented(document));
      } else if (checks) {
        text.check(thresholds);
      } else if (changes) {
        text.changes(format, layer);
      } else if (html == null && wantsExplorer() && !report.layers().isEmpty()) {
        ExplorerTerminal.run(image, invocation.console());
      } else if (html == null) {
        text.layers(format, layer);
      }
      return checks && !thresholds.hold(report) ? 1 : 0;
    }
  }

  private boolean wantsExplorer() {
    return !plain && format == null && layer == null && ExplorerTerminal.isPossible();
  }

  private static double ratio(String option, @Nullable Double given, double usual, double highest) {
    double value = given == null ? usual : given;
    if (!(value >= 0 && value <= highest)) {
      throw new UsageException(
          "invalid value for " + option + ": " + value + " is not a ratio, such as " + usual,
          "cooper layers --help");
    }
    return value;
  }

  private void requireLayer(LayersReport report) {
    if (layer != null && (layer < 1 || layer > report.layers().size())) {
      throw new dev.cooper.image.CooperException.InvalidInput(
          "no layer " + layer + ": the image has " + report.layers().size(),
          "layers are counted from 1 at the bottom");
    }
  }
}
