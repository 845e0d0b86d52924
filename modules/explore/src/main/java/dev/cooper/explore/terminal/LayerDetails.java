package dev.cooper.explore.terminal;

import static dev.cooper.explore.terminal.TerminalCells.BOLD;
import static dev.cooper.explore.terminal.TerminalCells.amount;
import static dev.cooper.explore.terminal.TerminalCells.cell;
import static dev.cooper.explore.terminal.TerminalCells.size;

import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.LayerSummary;
import dev.cooper.explore.LayersReport;
import dev.cooper.explore.Waste;
import dev.cooper.explore.fact.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the explorer tells below the list of layers: the chosen one whole, and what is wasted. */
final class LayerDetails {
  private static final int INSTRUCTION_LINES = 6;

  private LayerDetails() {}

  /** At most so many lines, each of this width; none where there is too little room. */
  static List<String> draw(Explorer explorer, int rows, int width) {
    LayersReport report = explorer.report();
    LayerSummary layer = report.layers().get(explorer.layer());
    List<String> lines = new ArrayList<>();
    lines.add(cell("", width, ""));
    lines.add(cell("Layer " + layer.number() + ", " + amount(layer.size()), width, BOLD));
    String instruction = VisibleText.of(layer.instruction().text());
    for (String line : TerminalCells.wrapped(instruction, width, INSTRUCTION_LINES)) {
      lines.add(cell(line, width, ""));
    }
    lines.add(
        cell(
            layer.count(ChangeKind.ADDED)
                + " added, "
                + layer.count(ChangeKind.CHANGED)
                + " changed, "
                + layer.count(ChangeKind.REMOVED)
                + " removed",
            width,
            ""));
    lines.add(cell(layer.diffId().toString(), width, ""));
    lines.add(cell("", width, ""));
    if (report.waste().isEmpty()) {
      lines.add(cell("Nothing is wasted", width, BOLD));
    } else {
      lines.add(
          cell(
              String.format(
                  Locale.ROOT,
                  "%s wasted in %d %s",
                  amount(report.wasted()),
                  report.waste().size(),
                  report.waste().size() == 1 ? "path" : "paths"),
              width,
              BOLD));
    }
    for (Waste waste : report.waste()) {
      if (lines.size() >= rows) {
        break;
      }
      lines.add(
          cell(
              size(waste.bytes()) + " " + waste.count() + "× /" + VisibleText.of(waste.path()),
              width,
              ""));
    }
    return lines.subList(0, Math.clamp(rows, 0, lines.size()));
  }
}
