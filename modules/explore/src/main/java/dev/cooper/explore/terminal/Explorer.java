package dev.cooper.explore.terminal;

import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.FileView;
import dev.cooper.explore.LayersReport;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.CooperException;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two-pane explorer of an image's layers, without a terminal: keys change it, and {@link
 * ExplorerScreen} draws it. For one thread.
 */
public final class Explorer {
  private static final int PAGE = 10;

  private final ExploredImage image;
  private final LayersReport report;
  private final ExplorerFolds folds = new ExplorerFolds();
  private final ExplorerChoice choice = new ExplorerChoice(folds);
  private ExplorerNode root;
  private List<ExplorerNode> rows = List.of();
  private int layer;
  private int row;
  private boolean inTree;
  private boolean together;
  private boolean attributes = true;
  private boolean typing;
  private boolean quit;
  private @Nullable FileView view;

  /**
   * @param image an image of one layer or more
   */
  public Explorer(ExploredImage image) {
    this.image = image;
    this.report = image.layers();
    this.root = ExplorerTree.after(image, 0, false);
    folds.show(root);
    arrange();
  }

  /** Does what a key asks for; keys that mean nothing at the moment do nothing. */
  public void press(ExplorerKey key) {
    FileView shown = view;
    if (typing) {
      type(key);
      return;
    }
    if (shown != null) {
      read(shown, key);
      return;
    }
    switch (key.action()) {
      case QUIT -> quit = true;
      case SWITCH_PANE -> inTree = !inTree;
      case UP -> move(-1);
      case DOWN -> move(1);
      case PAGE_UP -> move(-PAGE);
      case PAGE_DOWN -> move(PAGE);
      case FIRST -> move(-Integer.MAX_VALUE / 2);
      case LAST -> move(Integer.MAX_VALUE / 2);
      case LEFT -> close();
      case RIGHT -> open();
      case ENTER -> enter();
      case TOGGLE -> toggle();
      case TOGGLE_ALL -> toggleAll();
      case FILTER -> typing = true;
      case ESCAPE -> setFilter("");
      case SORT -> {
        choice.toggleSorting();
        arrange();
      }
      case ATTRIBUTES -> attributes = !attributes;
      case ADDED -> {
        // As in dive: of the layers' pane it is another key.
        if (inTree) {
          hide(ChangeKind.ADDED);
        } else {
          together(true);
        }
      }
      case REMOVED -> hide(ChangeKind.REMOVED);
      case CHANGED -> hide(ChangeKind.CHANGED);
      case UNCHANGED -> {
        choice.toggleUnchanged();
        arrange();
      }
      case LAYER_ALONE -> together(false);
      case LAYERS_TOGETHER -> together(true);
      case BACKSPACE -> {}
      case CHARACTER -> letter(key.character());
    }
  }

  /** Letters serve terminals and hands that have no other keys for these. */
  private void letter(int character) {
    switch (character) {
      case 'q', 'Q' -> quit = true;
      case ' ' -> toggle();
      case 'j' -> move(1);
      case 'k' -> move(-1);
      case 'd' -> move(PAGE);
      case 'u' -> move(-PAGE);
      case 'g' -> move(-Integer.MAX_VALUE / 2);
      case 'G' -> move(Integer.MAX_VALUE / 2);
      case 'h' -> close();
      case 'l' -> open();
      case '/' -> typing = true;
      case '?' -> view = ExplorerHelp.page();
      default -> {}
    }
  }

  /** Keys while a file's contents are shown. */
  private void read(FileView shown, ExplorerKey key) {
    switch (key.action()) {
      case QUIT -> quit = true;
      case UP -> shown.scroll(-1);
      case DOWN -> shown.scroll(1);
      case PAGE_UP -> shown.scroll(-PAGE);
      case PAGE_DOWN -> shown.scroll(PAGE);
      case FIRST -> shown.scroll(-Integer.MAX_VALUE);
      case LAST -> shown.scroll(Integer.MAX_VALUE);
      case LEFT, ESCAPE, ENTER, SWITCH_PANE, BACKSPACE -> view = null;
      case CHARACTER -> {
        switch (key.character()) {
          case 'q', 'Q', 'h' -> view = null;
          case 'j' -> shown.scroll(1);
          case 'k' -> shown.scroll(-1);
          case 'd', ' ' -> shown.scroll(PAGE);
          case 'u' -> shown.scroll(-PAGE);
          case 'g' -> shown.scroll(-Integer.MAX_VALUE);
          case 'G' -> shown.scroll(Integer.MAX_VALUE);
          default -> {}
        }
      }
      default -> {}
    }
  }

  /** Opens a folder or closes it; shows what is in a file. */
  private void enter() {
    ExplorerNode node = selected();
    if (!inTree || node == null) {
      open();
    } else if (node.isDirectory()) {
      toggle();
    } else {
      view = contents(node);
    }
  }

  /** What is in a file; a removed one is read where it was last. */
  private FileView contents(ExplorerNode node) {
    String path = path(node).substring(1);
    if (!node.entry.linkTarget().isEmpty()) {
      return FileView.note(path, "a link to " + VisibleText.of(node.entry.linkTarget()));
    }
    if (!node.entry.isFile()) {
      return FileView.note(
          path, "not a file: " + node.entry.type().name().toLowerCase(Locale.ROOT));
    }
    try {
      for (int layers = layer + 1; layers > 0; layers--) {
        FileNode file = image.tree(layers).lookup(path);
        if (file != null && file.isFile()) {
          return image.view(file);
        }
      }
      return FileView.note(path, "its contents are in no layer");
    } catch (IOException | CooperException e) {
      return FileView.note(
          path, "cannot be read: " + VisibleText.of(String.valueOf(e.getMessage())));
    }
  }

  private void type(ExplorerKey key) {
    switch (key.action()) {
      case CHARACTER -> setFilter(choice.filter() + Character.toString(key.character()));
      case BACKSPACE -> {
        String filter = choice.filter();
        setFilter(
            filter.isEmpty()
                ? ""
                : filter.substring(0, filter.offsetByCodePoints(filter.length(), -1)));
      }
      case ESCAPE -> {
        typing = false;
        setFilter("");
      }
      case QUIT -> quit = true;
      default -> typing = false;
    }
  }

  private void setFilter(String text) {
    choice.filterBy(text);
    arrange();
  }

  private void hide(ChangeKind kind) {
    choice.toggle(kind);
    arrange();
  }

  private void together(boolean wanted) {
    together = wanted;
    load();
  }

  private void load() {
    root = ExplorerTree.after(image, layer, together);
    folds.show(root);
    arrange();
  }

  private void move(int by) {
    if (inTree) {
      row = Math.clamp((long) row + by, 0, Math.max(0, rows.size() - 1));
    } else {
      int to = Math.clamp((long) layer + by, 0, report.layers().size() - 1);
      if (to != layer) {
        layer = to;
        load();
      }
    }
  }

  private void toggle() {
    ExplorerNode node = selected();
    if (inTree && node != null && node.isDirectory()) {
      if (!folds.open(node)) {
        folds.close(node);
      }
      arrange();
    }
  }

  private void open() {
    ExplorerNode node = selected();
    if (!inTree) {
      inTree = true;
    } else if (node != null && folds.open(node)) {
      arrange();
    }
  }

  private void close() {
    ExplorerNode node = selected();
    if (!inTree || node == null) {
      return;
    }
    if (node.isDirectory() && folds.close(node)) {
      arrange();
    } else if (node.parent != null && node.parent != root) {
      row = Math.max(0, rows.indexOf(node.parent));
    } else {
      inTree = false;
    }
  }

  private void toggleAll() {
    folds.toggleAll(root);
    arrange();
  }

  private void arrange() {
    ExplorerNode before = selected();
    rows = choice.rows(root);
    int at = -1;
    if (before != null) {
      String path = path(before);
      for (int i = 0; i < rows.size() && at < 0; i++) {
        at = path(rows.get(i)).equals(path) ? i : -1;
      }
    }
    row = at >= 0 ? at : Math.clamp(row, 0, Math.max(0, rows.size() - 1));
  }

  static String path(ExplorerNode node) {
    StringBuilder path = new StringBuilder();
    for (ExplorerNode at = node; at != null && at.parent != null; at = at.parent) {
      path.insert(0, "/" + at.name);
    }
    return path.toString();
  }

  @Nullable ExplorerNode selected() {
    return row < rows.size() ? rows.get(row) : null;
  }

  LayersReport report() {
    return report;
  }

  List<ExplorerNode> rows() {
    return rows;
  }

  int row() {
    return row;
  }

  int layer() {
    return layer;
  }

  boolean isClosed(ExplorerNode node) {
    return choice.filter().isEmpty() && folds.isClosed(path(node));
  }

  boolean inTree() {
    return inTree;
  }

  boolean isTogether() {
    return together;
  }

  /** What of the tree is shown. */
  ExplorerChoice choice() {
    return choice;
  }

  boolean showsAttributes() {
    return attributes;
  }

  /** The file whose contents are shown; null while the panes are. */
  @Nullable FileView view() {
    return view;
  }

  boolean isTyping() {
    return typing;
  }

  /** Whether the user wants to leave. */
  public boolean hasQuit() {
    return quit;
  }
}
