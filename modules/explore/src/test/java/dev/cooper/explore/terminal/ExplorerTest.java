package dev.cooper.explore.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.LayerSummary;
import dev.cooper.explore.MadeImage;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.explore.terminal.ExplorerKey.Action;
import dev.cooper.image.layer.PathBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExplorerTest {
  /** Made once: the property below asks for it many times. */
  private static final ExploredImage IMAGE = image();

  private final Explorer explorer = new Explorer(IMAGE);

  private static ExploredImage image() {
    return new MadeImage()
        .layer("ADD base", l -> l.sized("usr/bin/tool", 2000).sized("etc/a", 10).sized("etc/b", 20))
        .layer(
            "COPY . /srv",
            l ->
                l.sized("srv/app", 5_000_000)
                    .sized("srv/文件", 3)
                    .sized("srv/rtl\u202egpj\u001b[31m", 1)
                    .sized("srv/" + PathBytes.decode(new byte[] {(byte) 0xfe}), 1)
                    .sized("etc/a", 11)
                    .remove("etc/b"))
        .open();
  }

  @Test
  void theLayerChosenShowsItsChanges() {
    press(Action.DOWN, Action.SWITCH_PANE, Action.TOGGLE_ALL);

    assertThat(files())
        .containsExactly(
            "~ ▾ etc/",
            "~     a",
            "x     b",
            "+ ▾ srv/",
            "+     app",
            "+     rtl\\u202egpj\\x1b[31m",
            "+     文件",
            "+     \\xfe",
            "  ▾ usr/",
            "    ▾ bin/",
            "        tool");
  }

  @Test
  void foldersFoldAndKindsHide() {
    press(Action.DOWN, Action.SWITCH_PANE);
    assertThat(files())
        .containsExactly(
            "~ ▾ etc/",
            "~     a",
            "x     b",
            "+ ▾ srv/",
            "+     app",
            "+     rtl\\u202egpj\\x1b[31m",
            "+     文件",
            "+     \\xfe",
            "  ▸ usr/");
    press(Action.REMOVED, Action.UNCHANGED);
    assertThat(files()).doesNotContain("x     b", "  ▸ usr/").contains("~     a");
    assertThat(ExplorerScreen.draw(explorer, 5, 100).getFirst())
        .contains("Files, changes of layer 2, without x what is as it was");
    // With all that was added goes the folder that it is in.
    press(Action.ADDED);
    assertThat(files()).containsExactly("~ ▾ etc/", "~     a");
    press(Action.ADDED);
    press(Action.LEFT, Action.LEFT);
    assertThat(explorer.inTree()).isFalse();
  }

  @Test
  void aFilterFindsWhatIsInClosedFolders() {
    press(Action.SWITCH_PANE, Action.FILTER);
    type("TOOL");
    assertThat(files()).containsExactly("+ ▾ usr/", "+   ▾ bin/", "+       tool");
    press(Action.ENTER, Action.ESCAPE);
    assertThat(files()).contains("+ ▾ etc/", "+     a", "+       tool");
  }

  @Test
  void sortingBySizePutsTheLargestFirst() {
    press(Action.DOWN, Action.SWITCH_PANE, Action.SORT);
    assertThat(files().getFirst()).isEqualTo("+ ▾ srv/");
    press(Action.LAST, Action.FIRST, Action.PAGE_DOWN, Action.PAGE_UP);
    assertThat(explorer.row()).isZero();
  }

  @Test
  void whatNobodyWouldReadBeginsClosed() {
    Explorer any =
        new Explorer(
            new MadeImage()
                .layer(
                    "COPY many /",
                    l -> {
                      for (int i = 0; i < 300; i++) {
                        l.sized("many/f" + i, 1);
                      }
                      return l;
                    })
                .layer("RUN one", l -> l.sized("few/f", 1))
                .open());
    assertThat(any.rows()).extracting(row -> row.name).containsExactly("many");
    any.press(ExplorerKey.of(Action.DOWN));
    assertThat(any.rows()).extracting(row -> row.name).containsExactly("few", "f", "many");
    // Once somebody folds by hand, folders stay as they were left.
    any.press(ExplorerKey.of(Action.SWITCH_PANE));
    any.press(ExplorerKey.of(Action.FIRST));
    any.press(ExplorerKey.of(Action.TOGGLE));
    any.press(ExplorerKey.of(Action.SWITCH_PANE));
    any.press(ExplorerKey.of(Action.UP));
    any.press(ExplorerKey.of(Action.DOWN));
    assertThat(any.rows()).extracting(row -> row.name).containsExactly("few", "many");
  }

  @Test
  void theLayerChosenIsToldWholeAndWhatIsWasted() {
    press(Action.DOWN);
    List<String> left =
        ExplorerScreen.draw(explorer, 30, 120).stream()
            .map(line -> line.replaceAll("\u001b\\[[0-9]*m", ""))
            .filter(line -> line.indexOf('│') > 0)
            .map(line -> line.substring(0, line.indexOf('│')).stripTrailing())
            .filter(line -> !line.isEmpty())
            .toList();
    LayerSummary layer = explorer.report().layers().get(1);
    assertThat(left)
        .contains("Layer 2, 5.0 MB", "5 added, 1 changed, 1 removed")
        .contains(VisibleText.of(layer.instruction().text()))
        .anyMatch(line -> line.startsWith("sha256:" + layer.diffId().hex().substring(0, 20)))
        .anyMatch(line -> line.endsWith(" 2× /etc/a"));
  }

  @Test
  void theKeysAreToldByOneOfThem() {
    explorer.press(new ExplorerKey(Action.CHARACTER, '?'));
    List<String> lines = ExplorerScreen.draw(explorer, 40, 80);
    assertThat(lines.getFirst()).contains("Keys");
    assertThat(lines).anyMatch(line -> line.contains("Ctrl-U") && line.contains("hide"));
    explorer.press(ExplorerKey.of(Action.ESCAPE));
    assertThat(explorer.view()).isNull();
  }

  @Test
  void layersAloneAndTogether() {
    press(Action.ADDED);
    assertThat(explorer.isTogether()).isTrue();
    press(Action.LAYER_ALONE);
    assertThat(explorer.isTogether()).isFalse();
    press(Action.SWITCH_PANE, Action.ADDED);
    assertThat(explorer.isTogether()).isFalse();
  }

  @Test
  void contentsOfFilesAreShownEscaped() {
    Explorer any =
        new Explorer(
            new MadeImage()
                .layer(
                    "COPY a b c /",
                    l ->
                        l.file("a", "one\ttwo\u001b[2J\n\u202ethree\n")
                            .file("b", "\0\1ABC")
                            .link("c", "/nowhere\u001b")
                            .sized("d", 0))
                .layer("RUN rm a", l -> l.remove("a"))
                .open());
    any.press(ExplorerKey.of(Action.DOWN));
    any.press(ExplorerKey.of(Action.SWITCH_PANE));
    // Removed, and still in the layer below.
    assertThat(opened(any)).containsExactly("/a", "one     two\\x1b[2J", "\\u202ethree");
    any.press(ExplorerKey.of(Action.DOWN));
    assertThat(opened(any))
        .containsExactly("/b", "00000000  00 01 41 42 43" + " ".repeat(35) + "..ABC");
    any.press(ExplorerKey.of(Action.DOWN));
    assertThat(opened(any)).containsExactly("/c", "a link to /nowhere\\x1b");
    any.press(ExplorerKey.of(Action.DOWN));
    assertThat(opened(any)).containsExactly("/d", "(empty)");
  }

  @Test
  void aLongFileScrollsToItsEndAndNoFurther() {
    Explorer any =
        new Explorer(
            new MadeImage().layer("COPY a /", l -> l.file("a", "x\n".repeat(1000))).open());
    any.press(ExplorerKey.of(Action.SWITCH_PANE));
    any.press(ExplorerKey.of(Action.ENTER));
    for (Action action : List.of(Action.PAGE_DOWN, Action.DOWN, Action.UP)) {
      any.press(ExplorerKey.of(action));
    }
    assertThat(any.view().top()).isEqualTo(10);
    any.press(ExplorerKey.of(Action.LAST));
    any.press(ExplorerKey.of(Action.DOWN));
    assertThat(any.view().top()).isEqualTo(999);
    any.press(ExplorerKey.of(Action.FIRST));
    assertThat(any.view().top()).isZero();
    any.press(new ExplorerKey(Action.CHARACTER, 'q'));
    assertThat(any.view()).isNull();
    assertThat(any.hasQuit()).isFalse();
  }

  /** Opens what is chosen, and answers the screen without its last line, then goes back. */
  private static List<String> opened(Explorer explorer) {
    explorer.press(ExplorerKey.of(Action.ENTER));
    List<String> lines = ExplorerScreen.draw(explorer, 12, 80);
    explorer.press(ExplorerKey.of(Action.ESCAPE));
    return lines.stream()
        .limit(11)
        .map(line -> line.replaceAll("\u001b\\[[0-9]*m", "").stripTrailing())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @Test
  void keysAreReadAsTerminalsSendThem() throws Exception {
    byte[] sent = "\u001b[A\u001b[6~\t \u0006é\u001bOB\u0003".getBytes(StandardCharsets.UTF_8);
    ExplorerKeys keys = new ExplorerKeys(new ByteArrayInputStream(sent));

    assertThat(keys.read().action()).isEqualTo(Action.UP);
    assertThat(keys.read().action()).isEqualTo(Action.PAGE_DOWN);
    assertThat(keys.read().action()).isEqualTo(Action.SWITCH_PANE);
    assertThat(keys.read()).isEqualTo(new ExplorerKey(Action.CHARACTER, ' '));
    assertThat(keys.read().action()).isEqualTo(Action.FILTER);
    assertThat(keys.read()).isEqualTo(new ExplorerKey(Action.CHARACTER, 'é'));
    assertThat(keys.read().action()).isEqualTo(Action.DOWN);
    assertThat(keys.read().action()).isEqualTo(Action.QUIT);
    assertThat(keys.read().action()).isEqualTo(Action.QUIT);
  }

  @Property(tries = 100)
  void everyScreenFitsWhateverIsTyped(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 120) int columns,
      @ForAll @Size(max = 30) byte[] typed) {
    Explorer any = new Explorer(IMAGE);
    ExplorerKeys keys = new ExplorerKeys(new ByteArrayInputStream(typed));
    while (!any.hasQuit()) {
      try {
        any.press(keys.read());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      List<String> lines = ExplorerScreen.draw(any, rows, columns);
      assertThat(lines).hasSizeLessThanOrEqualTo(rows);
      for (String line : lines) {
        String text = line.replaceAll("\u001b\\[[0-9]*m", "");
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\n");
        // Marks that sit on the letter before take no column of their own.
        String spacing = text.replaceAll("[\\p{Mn}\\p{Me}]", "");
        long wide = spacing.chars().filter(c -> c == '文' || c == '件').count();
        assertThat(spacing.codePointCount(0, spacing.length()) + wide).isLessThanOrEqualTo(columns);
      }
    }
  }

  private void press(Action... actions) {
    for (Action action : actions) {
      explorer.press(ExplorerKey.of(action));
    }
  }

  private void type(String text) {
    text.chars().forEach(c -> explorer.press(new ExplorerKey(Action.CHARACTER, c)));
  }

  /** The lines of the files' pane on a narrow terminal, without sizes. */
  private List<String> files() {
    return ExplorerScreen.draw(explorer, 40, 29).stream()
        .skip(1)
        .limit(38)
        .map(line -> line.replaceAll("\u001b\\[[0-9]*m", "").stripTrailing())
        .filter(line -> !line.isEmpty() && !line.startsWith("/"))
        .toList();
  }
}
