package dev.cooper.explore.terminal;

import static dev.cooper.explore.terminal.TerminalCells.BOLD;
import static dev.cooper.explore.terminal.TerminalCells.REVERSE;
import static dev.cooper.explore.terminal.TerminalCells.cell;
import static dev.cooper.explore.terminal.TerminalCells.size;

import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.FileView;
import dev.cooper.explore.LayerSummary;
import dev.cooper.explore.LayersReport;
import dev.cooper.explore.fact.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws the {@link Explorer} for a terminal of any size: lines of text with ANSI colours. */
public final class ExplorerScreen {
  /** Narrower, and only the pane in use is drawn. */
  private static final int TWO_PANES = 70;

  private ExplorerScreen() {}

  /**
   * The screen.
   *
   * @param rows lines of the terminal, 1 or more
   * @param columns its width, 1 or more
   * @return exactly {@code rows} lines, none wider than {@code columns}
   */
  public static List<String> draw(Explorer explorer, int rows, int columns) {
    int body = Math.max(0, rows - 2);
    List<String> lines = new ArrayList<>();
    FileView view = explorer.view();
    if (view != null) {
      lines.add(cell(view.title(), columns, BOLD));
      lines.addAll(contents(view, body, columns));
      lines.add(
          cell(
              "Esc back  PgUp PgDn scroll  line " + (view.top() + 1) + " of " + view.lines().size(),
              columns,
              ""));
      return lines.subList(0, Math.min(rows, lines.size()));
    }
    if (columns >= TWO_PANES) {
      int left = columns * 2 / 5;
      List<String> layers = layers(explorer, body, left - 1, true);
      List<String> tree = tree(explorer, body, columns - left);
      lines.add(
          cell(heading(explorer, false, left), left - 1, !explorer.inTree() ? BOLD : "")
              + " "
              + cell(
                  heading(explorer, true, columns - left),
                  columns - left,
                  explorer.inTree() ? BOLD : ""));
      for (int i = 0; i < body; i++) {
        lines.add(layers.get(i) + "│" + tree.get(i));
      }
    } else {
      lines.add(cell(heading(explorer, explorer.inTree(), columns), columns, BOLD));
      lines.addAll(
          explorer.inTree()
              ? tree(explorer, body, columns)
              : layers(explorer, body, columns, false));
    }
    lines.add(cell(status(explorer), columns, ""));
    return lines.subList(0, Math.min(rows, lines.size()));
  }

  private static String heading(Explorer explorer, boolean tree, int width) {
    if (tree) {
      return (width < 40
              ? "Files, layer "
              : explorer.isTogether()
                  ? "Files, changes of layers up to "
                  : "Files, changes of layer ")
          + (explorer.layer() + 1)
          + hidden(explorer);
    }
    LayersReport report = explorer.report();
    String heading = "Layers";
    if (width >= 20) {
      heading += " " + TerminalCells.amount(report.size());
    }
    if (width >= 32) {
      heading += String.format(Locale.ROOT, ", efficiency %.0f%%", 100 * report.efficiency());
    }
    return heading;
  }

  /** Nothing is left out of sight unsaid. */
  private static String hidden(Explorer explorer) {
    String signs = explorer.choice().hiddenSigns();
    return signs.isEmpty() ? "" : ", without " + signs;
  }

  private static List<String> layers(Explorer explorer, int rows, int width, boolean details) {
    List<String> lines = new ArrayList<>();
    List<LayerSummary> layers = explorer.report().layers();
    int listed = details ? Math.min(layers.size(), Math.max(rows / 2, 3)) : rows;
    int first = first(explorer.layer(), listed, layers.size());
    for (int i = first; i < Math.min(first + listed, layers.size()) && lines.size() < rows; i++) {
      LayerSummary layer = layers.get(i);
      String text =
          String.format(Locale.ROOT, "%3d %s ", layer.number(), size(layer.size()))
              + VisibleText.of(layer.instruction().text().replaceAll("\\s+", " "));
      lines.add(
          cell(text, width, i == explorer.layer() ? (explorer.inTree() ? BOLD : REVERSE) : ""));
    }
    if (details) {
      for (String line : LayerDetails.draw(explorer, rows - lines.size(), width)) {
        lines.add(line);
      }
    }
    while (lines.size() < rows) {
      lines.add(" ".repeat(Math.max(0, width)));
    }
    return lines;
  }

  private static List<String> tree(Explorer explorer, int rows, int width) {
    List<String> lines = new ArrayList<>();
    List<ExplorerNode> nodes = explorer.rows();
    int first = first(explorer.row(), rows, nodes.size());
    for (int i = first; i < first + rows; i++) {
      if (i >= nodes.size()) {
        lines.add(i == 0 ? cell("(nothing to show)", width, "") : " ".repeat(Math.max(0, width)));
        continue;
      }
      ExplorerNode node = nodes.get(i);
      boolean selected = i == explorer.row() && explorer.inTree();
      lines.add(cell(line(explorer, node, width), width, selected ? REVERSE : colour(node.change)));
    }
    return lines;
  }

  private static List<String> contents(FileView view, int rows, int width) {
    List<String> lines = new ArrayList<>();
    for (int i = view.top(); i < view.top() + rows; i++) {
      lines.add(cell(i < view.lines().size() ? view.lines().get(i) : "", width, ""));
    }
    return lines;
  }

  private static String line(Explorer explorer, ExplorerNode node, int width) {
    StringBuilder text = new StringBuilder();
    if (explorer.showsAttributes() && width >= 50) {
      text.append(
          String.format(
              Locale.ROOT,
              "%04o %5s %s ",
              node.entry.mode(),
              node.entry.uid() + ":" + node.entry.gid(),
              size(node.size)));
    } else if (width >= 30) {
      text.append(size(node.size)).append(' ');
    }
    // Not by colour alone: a letter says what happened.
    text.append(node.change == null ? ' ' : node.change.sign()).append(' ');
    text.append("  ".repeat(Math.min(node.depth(), width / 6)));
    text.append(
        !node.isDirectory() || node.children.isEmpty()
            ? "  "
            : explorer.isClosed(node) ? "▸ " : "▾ ");
    text.append(VisibleText.of(node.name));
    if (node.isDirectory()) {
      text.append('/');
    }
    if (!node.entry.linkTarget().isEmpty()) {
      text.append(" -> ").append(VisibleText.of(node.entry.linkTarget()));
    }
    return text.toString();
  }

  private static String status(Explorer explorer) {
    if (explorer.isTyping()) {
      return "Filter: " + VisibleText.of(explorer.choice().filter()) + "_";
    }
    ExplorerNode node = explorer.selected();
    if (explorer.inTree() && node != null) {
      return VisibleText.of(Explorer.path(node))
          + (explorer.choice().filter().isEmpty() ? "" : "  (filtered)")
          + "  | Enter contents  Space fold  ^F filter  ? keys";
    }
    return explorer.inTree()
        ? "q quit  ? keys  Tab pane"
        : "q quit  ? keys  Tab files  ^A all changes  ^L this layer's  ^F filter";
  }

  private static String colour(@Nullable ChangeKind change) {
    return switch (change) {
      case null -> "";
      case ADDED -> "\u001b[32m";
      case CHANGED -> "\u001b[33m";
      case REMOVED -> "\u001b[31m";
    };
  }

  /** The first line to show, so that the chosen one is in sight. */
  private static int first(int chosen, int rows, int all) {
    return Math.max(0, Math.min(chosen - rows / 2, all - rows));
  }
}
