package dev.cooper.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws the {@link Explorer} for a terminal of any size: lines of text with ANSI colours. */
public final class ExplorerScreen {
  /** Narrower, and only the pane in use is drawn. */
  private static final int TWO_PANES = 70;

  private static final String PLAIN = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String REVERSE = "\u001b[7m";

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
              "Esc back  Up Down PgUp PgDn scroll  line "
                  + (view.top() + 1)
                  + " of "
                  + view.lines().size(),
              columns,
              ""));
      return lines.subList(0, Math.min(rows, lines.size()));
    }
    if (columns >= TWO_PANES) {
      int left = columns * 2 / 5;
      List<String> layers = layers(explorer, body, left - 1);
      List<String> tree = tree(explorer, body, columns - left);
      lines.add(
          cell(heading(explorer, false, left), left - 1, !explorer.inTree() ? BOLD : "")
              + " "
              + cell(
                  heading(explorer, true, columns - left),
                  columns - left,
                  explorer.inTree() ? BOLD : ""));
      for (int i = 0; i < body; i++) {
        lines.add(layers.get(i) + " " + tree.get(i));
      }
    } else {
      lines.add(cell(heading(explorer, explorer.inTree(), columns), columns, BOLD));
      lines.addAll(
          explorer.inTree() ? tree(explorer, body, columns) : layers(explorer, body, columns));
    }
    lines.add(cell(status(explorer), columns, ""));
    return lines.subList(0, Math.min(rows, lines.size()));
  }

  private static String heading(Explorer explorer, boolean tree, int width) {
    if (tree) {
      return width < 40
          ? "Files, layer " + (explorer.layer() + 1)
          : (explorer.isTogether() ? "Files, changes of layers up to " : "Files, changes of layer ")
              + (explorer.layer() + 1);
    }
    LayersReport report = explorer.report();
    return width < 30
        ? "Layers"
        : String.format(
            Locale.ROOT,
            "Layers %s, efficiency %.0f%%, wasted %s",
            size(report.size()).strip(),
            100 * report.efficiency(),
            size(report.wasted()).strip());
  }

  private static List<String> layers(Explorer explorer, int rows, int width) {
    List<String> lines = new ArrayList<>();
    List<LayerSummary> layers = explorer.report().layers();
    int first = first(explorer.layer(), rows, layers.size());
    for (int i = first; i < first + rows; i++) {
      if (i >= layers.size()) {
        lines.add(" ".repeat(Math.max(0, width)));
        continue;
      }
      LayerSummary layer = layers.get(i);
      String text =
          String.format(Locale.ROOT, "%3d %s ", layer.number(), size(layer.size()))
              + VisibleText.of(layer.instruction().text().replaceAll("\\s+", " "));
      lines.add(
          cell(text, width, i == explorer.layer() ? (explorer.inTree() ? BOLD : REVERSE) : ""));
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
    text.append(node.change == null ? ' ' : sign(node.change));
    text.append("  ".repeat(Math.min(node.depth(), width / 6)));
    text.append(
        node.isDirectory()
            ? (explorer.isClosed(node) && !node.children.isEmpty() ? "+ " : "- ")
            : "  ");
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
      return "Filter: " + VisibleText.of(explorer.filter()) + "_";
    }
    ExplorerNode node = explorer.selected();
    if (explorer.inTree() && node != null) {
      return VisibleText.of(Explorer.path(node))
          + (explorer.filter().isEmpty() ? "" : "  (filtered)")
          + "  | Enter contents  Space fold  ^O sort  ^B attributes  ^A ^R ^T ^U hide + x ~ same";
    }
    return explorer.inTree()
        ? "q quit  Tab pane"
        : "q quit  Tab files  ^A all changes  ^L this layer's  ^F filter  Enter look inside";
  }

  private static char sign(ChangeKind change) {
    return switch (change) {
      case ADDED -> '+';
      case CHANGED -> '~';
      case REMOVED -> 'x';
    };
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

  /** Cut or filled up to a width. Wide characters take two columns. */
  private static String cell(String text, int width, String style) {
    StringBuilder result = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int columns = columns(point);
      if (used + columns > width) {
        break;
      }
      result.appendCodePoint(point);
      used += columns;
      i += Character.charCount(point);
    }
    result.append(" ".repeat(Math.max(0, width - used)));
    return style.isEmpty() ? result.toString() : style + result + PLAIN;
  }

  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        point >= 0x1100 && point <= 0x115f
            || point >= 0x2e80 && point <= 0xa4cf
            || point >= 0xac00 && point <= 0xd7a3
            || point >= 0xf900 && point <= 0xfaff
            || point >= 0xfe30 && point <= 0xfe6f
            || point >= 0xff00 && point <= 0xff60
            || point >= 0xffe0 && point <= 0xffe6
            || point >= 0x1f300 && point <= 0x1faff
            || point >= 0x20000 && point <= 0x3fffd;
    return wide ? 2 : 1;
  }

  /** Seven columns: {@code 12.3 MB}. */
  private static String size(long bytes) {
    String[] units = {" B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String number =
        unit == 0 || value >= 99.95
            ? String.format(Locale.ROOT, "%.0f", value)
            : String.format(Locale.ROOT, "%.1f", value);
    return String.format(Locale.ROOT, "%4s %s", number, units[unit]);
  }
}
