package dev.cooper.cli.explore;

import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.Listing;
import dev.cooper.cli.format.TextTable;
import dev.cooper.explore.Change;
import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.LayerSummary;
import dev.cooper.explore.LayersReport;
import dev.cooper.explore.Waste;
import dev.cooper.explore.fact.VisibleText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of an image as tables. */
final class LayersText {
  private static final int INSTRUCTION_WIDTH = 60;
  private static final int WASTE_ROWS = 10;

  private final LayersReport report;
  private final PrintStream out;
  private final boolean whole;

  /**
   * @param whole whether long instructions and lists are printed to their end
   */
  LayersText(LayersReport report, PrintStream out, boolean whole) {
    this.report = report;
    this.out = out;
    this.whole = whole;
  }

  /** One line a layer, then what is wasted. */
  void layers(@Nullable String format, @Nullable Integer only) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Number", "LAYER");
    headers.put("Size", "SIZE");
    headers.put("StoredSize", "STORED");
    headers.put("Added", "ADDED");
    headers.put("Changed", "CHANGED");
    headers.put("Removed", "REMOVED");
    headers.put("Instruction", "INSTRUCTION");
    headers.put("Digest", "DIGEST");
    headers.put("DiffID", "DIFF ID");
    Listing listing = new Listing(headers);
    for (LayerSummary layer : report.layers()) {
      if (only == null || only == layer.number()) {
        listing.row(row(layer, format != null));
      }
    }
    listing.print(
        format, List.of("Number", "Size", "Added", "Changed", "Removed", "Instruction"), out);
    if (format == null && only == null) {
      out.println();
      out.printf(
          Locale.ROOT,
          "%s in %s. Efficiency %.1f%%, %s.%n",
          HumanSize.of(report.size()),
          counted(report.layers().size(), "layer"),
          100 * report.efficiency(),
          report.waste().isEmpty()
              ? "nothing wasted"
              : HumanSize.of(report.wasted())
                  + " wasted ("
                  + HumanSize.of(report.reclaimable())
                  + " of it is in no container)");
      waste();
    }
  }

  /** One line a change. */
  void changes(@Nullable String format, @Nullable Integer only) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Number", "LAYER");
    headers.put("Change", "CHANGE");
    headers.put("Type", "TYPE");
    headers.put("Mode", "MODE");
    headers.put("Owner", "OWNER");
    headers.put("Size", "SIZE");
    headers.put("Path", "PATH");
    headers.put("Target", "TARGET");
    Listing listing = new Listing(headers);
    for (LayerSummary layer : report.layers()) {
      if (only == null || only == layer.number()) {
        for (Change change : layer.changes()) {
          listing.row(row(change, format != null));
        }
      }
    }
    listing.print(format, List.of("Number", "Change", "Mode", "Owner", "Size", "Path"), out);
  }

  /** The checks and their results. */
  void check(Thresholds thresholds) {
    out.printf(Locale.ROOT, "efficiency: %.4f %%%n", 100 * report.efficiency());
    out.printf(
        Locale.ROOT,
        "wastedBytes: %d bytes (%s)%n",
        report.wasted(),
        HumanSize.of(report.wasted()));
    out.printf(Locale.ROOT, "userWastedPercent: %.4f %%%n", 100 * report.userWasted());
    waste();
    for (Thresholds.Verdict verdict : thresholds.check(report)) {
      out.println(
          verdict.word()
              + ": "
              + verdict.name()
              + (verdict.passed() == null
                  ? ": not asked for"
                  : verdict.passed() ? "" : ": " + verdict.detail()));
    }
    out.println("Result: " + (thresholds.hold(report) ? "PASS" : "FAIL"));
  }

  private void waste() {
    if (report.waste().isEmpty()) {
      return;
    }
    out.println();
    TextTable table = new TextTable();
    table.row("TIMES", "WASTED", "PATH");
    int rows = whole ? Integer.MAX_VALUE : WASTE_ROWS;
    for (Waste waste : report.waste().subList(0, Math.min(rows, report.waste().size()))) {
      table.row(
          Integer.toString(waste.count()),
          HumanSize.of(waste.bytes()),
          "/" + VisibleText.of(waste.path()));
    }
    table.print(out);
    if (report.waste().size() > rows) {
      out.println("and " + (report.waste().size() - rows) + " more; --no-trunc shows them all");
    }
  }

  private Map<String, Object> row(LayerSummary layer, boolean raw) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Number", layer.number());
    row.put("Size", HumanSize.of(layer.size()));
    row.put("StoredSize", HumanSize.of(layer.storedSize()));
    row.put("Added", layer.count(ChangeKind.ADDED));
    row.put("Changed", layer.count(ChangeKind.CHANGED));
    row.put("Removed", layer.count(ChangeKind.REMOVED));
    row.put("Instruction", instruction(layer, raw || whole));
    row.put("Digest", layer.blob().toString());
    row.put("DiffID", layer.diffId().toString());
    return row;
  }

  private static Map<String, Object> row(Change change, boolean raw) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Number", change.layer() + 1);
    row.put("Change", change.kind().word());
    row.put("Type", Attributes.type(change.entry()));
    row.put("Mode", Attributes.mode(change.entry()));
    row.put("Owner", change.entry().uid() + ":" + change.entry().gid());
    row.put(
        "Size", raw ? Long.toString(change.entry().size()) : HumanSize.of(change.entry().size()));
    row.put("Path", "/" + VisibleText.of(change.path()));
    row.put("Target", VisibleText.of(change.entry().linkTarget()));
    return row;
  }

  private static String instruction(LayerSummary layer, boolean all) {
    String text = layer.instruction().text().replaceAll("\\s+", " ");
    return all ? VisibleText.of(text) : shortened(text, INSTRUCTION_WIDTH);
  }

  /** A text as it can be shown, cut between two letters; an escape is not cut. */
  static String shortened(String text, int width) {
    String whole = VisibleText.of(text);
    if (whole.length() <= width) {
      return whole;
    }
    StringBuilder shown = new StringBuilder(width);
    int at = 0;
    while (at < text.length()) {
      int next = at + Character.charCount(text.codePointAt(at));
      String letter = VisibleText.of(text.substring(at, next));
      if (shown.length() + letter.length() >= width) {
        break;
      }
      shown.append(letter);
      at = next;
    }
    return shown.append('…').toString();
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
