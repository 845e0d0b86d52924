package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.PathBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {
  private static final String EVIL = "<\u002fscript><img src=x onerror=alert(1)>";

  /** A name in which a slash would be a folder. */
  private static final String EVIL_NAME = EVIL.replace("/", "\u2215");

  private static MadeImage image() {
    return new MadeImage()
        .layer(
            "/bin/sh -c #(nop) ADD base <script>document.title='owned'</script>",
            l ->
                l.sized("usr/lib/big", 5_000_000)
                    .sized("usr/bin/tool", 2_000_000)
                    .sized("etc/config", 1000)
                    .sized("etc/old" + EVIL_NAME, 900_000))
        .step("ENV A=1 " + EVIL + "<!--<script>")
        .layer(
            "COPY . /srv",
            l ->
                l.sized("srv/app", 3_000_000)
                    .sized("srv/" + EVIL_NAME, 400_000)
                    // A folder whose name ends the element, its file outside of it.
                    .sized("srv/<" + "/script><svg onload=alert(2)>", 1000)
                    .sized("srv/rtl\u202egpj.exe", 300_000)
                    .sized("srv/" + PathBytes.decode(new byte[] {'b', (byte) 0xff}), 200_000)
                    .sized("srv/line\nbreak\u001b[31m\u0007\u2028", 100_000)
                    .link("srv/link", EVIL)
                    .sized("etc/config", 1100)
                    .remove("etc/old" + EVIL_NAME))
        .config(
            c ->
                c.withConfig(
                    c.config()
                        .withCmd(List.of("/srv/app", EVIL))
                        .withLabels(Map.of("evil", EVIL + "<!--"))));
  }

  private static String page() throws Exception {
    try (ExploredImage explored = image().open()) {
      return new String(HtmlPage.of(explored, "made:1"), StandardCharsets.UTF_8);
    }
  }

  @Test
  void nothingOfTheImageIsMarkup() throws Exception {
    String page = page();

    assertThat(page).doesNotContain("onerror=alert(1)>").doesNotContain("<script>document");
    assertThat(page).doesNotContain("<svg").doesNotContain("<!--");
    assertThat(page.split("</script>", -1)).hasSize(3);
    assertThat(page).doesNotContain("\u202e").doesNotContain("\u001b").doesNotContain("http:");
    assertThat(page).isEqualTo(page());
  }

  @Test
  void theNameIsEscapedToo() throws Exception {
    try (ExploredImage explored = image().open()) {
      String page = new String(HtmlPage.of(explored, "</title><b>&"), StandardCharsets.UTF_8);
      assertThat(page).contains("<title>&lt;/title&gt;&lt;b&gt;&amp; · layers</title>");
    }
  }

  @Test
  void foldersHoweverDeepAreAPage() throws Exception {
    String deep = "d/".repeat(2000);
    try (ExploredImage explored =
        new MadeImage()
            .layer(
                "ADD deep",
                l ->
                    l.sized(deep + "one", 11)
                        .sized(deep + "two", 22)
                        .directory(deep + "none")
                        .sized("d/d/other", 33))
            .open()) {
      String page = new String(HtmlPage.of(explored, "deep"), StandardCharsets.UTF_8);
      // What lies too deep has its way there as its name; nothing is left out.
      String rest = "[\"" + "d/".repeat(2000 - 60);
      assertThat(page)
          .contains(rest + "none\",0,[]]," + rest + "one\",0,11]," + rest + "two\",0,22]")
          .contains("[\"other\",0,33]");
    }
  }

  @Test
  void aBrowserShowsItByKeyboardInEveryWidthAndColour(
      @TempDir(cleanup = CleanupMode.ALWAYS) Path folder) throws Exception {
    Optional<Path> chromium = Browser.installed();
    Assumptions.assumeTrue(
        chromium.isPresent(), "SKIPPED, the page is not tested: no chromium in PATH");
    Path page = Files.writeString(folder.resolve("page.html"), page());
    Path pictures = Path.of("target", "screenshots");
    Files.createDirectories(pictures);
    try (Browser browser =
        Browser.open(
            chromium.orElseThrow(), Files.createDirectory(folder.resolve("profile")), page)) {
      browser.awaitReady();
      for (int width : List.of(1280, 390)) {
        for (boolean dark : List.of(false, true)) {
          looksRight(browser, width, dark);
          Files.write(
              pictures.resolve("page-" + width + (dark ? "-dark" : "-light") + ".png"),
              browser.screenshot());
        }
      }
      browser.resize(1280, 900, false);
      nothingRan(browser);
      keyboard(browser);
      search(browser);
      assertThat(browser.evaluate("document.querySelectorAll('#waste tbody tr').length"))
          .isEqualTo("2");
      everythingHasAName(browser);
      assertThat(browser.saw("Log.entryAdded")).as("a message in the console").isFalse();
      assertThat(browser.saw("Runtime.exceptionThrown")).isFalse();
      nothingCouldRun(browser);
      manyLayersAndNoWaste(browser, folder, pictures);
    }
  }

  /** As many layers as images of long build files have: each can be hit, on a phone, too. */
  private static void manyLayersAndNoWaste(Browser browser, Path folder, Path pictures)
      throws Exception {
    MadeImage image = new MadeImage().layer("ADD base", l -> l.sized("base", 9_000_000));
    for (int i = 1; i <= 60; i++) {
      String path = "d" + i + "/file";
      image.layer("COPY step" + i + " /", l -> l.sized(path, 1000));
    }
    Path page = folder.resolve("many.html");
    try (ExploredImage explored = image.open()) {
      Files.write(page, HtmlPage.of(explored, "many:1"));
    }
    browser.show(page);
    for (int width : List.of(1280, 390)) {
      browser.resize(width, 900, false);
      Thread.sleep(300);
      Files.write(pictures.resolve("many-" + width + ".png"), browser.screenshot());
      assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("no sideways scrolling at " + width)
          .isEqualTo("true");
      // WCAG 2.2, 2.5.8: what is pressed is 24 pixels wide and high.
      assertThat(
              browser.evaluate(
                  "[...document.querySelectorAll('#bar button')].filter(b => b.offsetWidth < 24"
                      + " || b.offsetHeight < 24 || b.scrollWidth > b.offsetWidth).length"))
          .as("buttons of layers that are too small at " + width)
          .isEqualTo("0");
      // The line above them still tells the sizes: nearly all is the first layer's.
      assertThat(
              browser.evaluate(
                  "document.querySelector('#strip span').offsetWidth"
                      + " > 0.9 * document.getElementById('strip').offsetWidth"))
          .isEqualTo("true");
      // No name is cut at its lower edge; what has no room for one has none.
      assertThat(
              browser.evaluate(
                  "[...document.querySelectorAll('.tile > .heading')]"
                      + ".filter(h => h.offsetHeight > h.parentElement.offsetHeight).length"))
          .isEqualTo("0");
    }
    assertThat(browser.evaluate("document.getElementById('waste-sum').textContent"))
        .isEqualTo("Nothing is wasted.");
    assertThat(browser.evaluate("document.getElementById('wasted').offsetHeight")).isEqualTo("0");
  }

  private static void looksRight(Browser browser, int width, boolean dark) throws Exception {
    browser.resize(width, 900, dark);
    Thread.sleep(300);
    String where = width + (dark ? " dark" : " light");
    assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("no sideways scrolling at " + where)
        .isEqualTo("true");
    assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo(dark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)");
    // A layer chosen by its button dims the tiles of the others, which stay readable.
    browser.evaluate("document.querySelectorAll('#bar button')[1].click()");
    assertThat(browser.evaluate(TOO_PALE)).as("texts with too little contrast, " + where).isEmpty();
    assertThat(browser.evaluate("document.querySelectorAll('.tile.dim').length")).isEqualTo("1");
    browser.evaluate("document.querySelectorAll('#bar button')[1].click()");
    assertThat(browser.evaluate("document.querySelectorAll('.tile.dim').length")).isEqualTo("0");
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('th')].filter(e => e.offsetHeight > 40).length"))
        .as("headings of tables in one line, " + where)
        .isEqualTo("0");
  }

  /**
   * The texts whose colour stands out from what is behind it by less than 4.5 to 1 (WCAG 2.2,
   * 1.4.3), one a line.
   */
  private static final String TOO_PALE =
      """
      (() => {
        const numbers = c => c.match(/[\\d.]+/g).map(Number);
        const light = c => {
          const [r, g, b] = numbers(c).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = e => {
          for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (numbers(c).length < 4 || numbers(c)[3] > 0) return c;
          }
          return 'rgb(255, 255, 255)';
        };
        const bad = [];
        for (const e of document.querySelectorAll('body *')) {
          const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          if (!text || !e.getClientRects().length || e.className === 'skip') continue;
          const a = light(getComputedStyle(e).color), b = light(behind(e));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) bad.push(e.tagName + ' ' + e.textContent + ' ' + ratio.toFixed(2));
        }
        return bad.join('\\n');
      })()
      """;

  private static void nothingRan(Browser browser) throws Exception {
    assertThat(browser.evaluate("document.title")).isEqualTo("made:1 · layers");
    assertThat(browser.evaluate("document.querySelectorAll('img, svg, iframe, object').length"))
        .isEqualTo("0");
    assertThat(browser.evaluate("document.scripts.length")).isEqualTo("2");
    assertThat(browser.evaluate("performance.getEntriesByType('resource').length")).isEqualTo("0");
    assertThat(browser.saw("Page.javascriptDialogOpening")).isFalse();
    assertThat(browser.evaluate("document.getElementById('config').textContent"))
        .contains("evil=" + EVIL + "<!--");
    assertThat(browser.evaluate("document.getElementById('history').textContent"))
        .contains("ENV A=1 " + EVIL + "<!--<script>");
    assertThat(browser.evaluate("document.querySelectorAll('#bar button').length")).isEqualTo("2");
  }

  private static void keyboard(Browser browser) throws Exception {
    // From the top, with nothing but keys: past the tables to the files, and into a folder.
    browser.press("Tab");
    assertThat(browser.evaluate("document.activeElement.className")).isEqualTo("skip");
    browser.press("Tab");
    assertThat(focused(browser)).startsWith("Layer 1, 7.9 MB, 66.4 %: ADD base");
    assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
    browser.press(" ");
    assertThat(browser.evaluate("document.activeElement.getAttribute('aria-pressed')"))
        .isEqualTo("true");
    browser.press(" ");
    for (int i = 0; i < 10 && !focused(browser).startsWith("/usr"); i++) {
      browser.press("Tab");
    }
    assertThat(focused(browser)).isEqualTo("/usr, folder, 7 MB, 63.6 %, mostly layer 1");
    browser.press("Enter");
    assertThat(crumbs(browser)).isEqualTo("/usr/");
    assertThat(focused(browser)).startsWith("/usr/lib, folder");
    browser.press("ArrowRight");
    assertThat(focused(browser)).startsWith("/usr/bin, folder");
    browser.press("Enter");
    assertThat(crumbs(browser)).isEqualTo("/usr/bin/");
    browser.press("Backspace");
    assertThat(focused(browser)).startsWith("/usr/bin, folder");
    browser.press("Escape");
    assertThat(crumbs(browser)).isEqualTo("/");
    assertThat(focused(browser)).startsWith("/usr, folder");
  }

  private static void search(Browser browser) throws Exception {
    browser.evaluate("document.getElementById('query').focus()");
    browser.type("RTL");
    assertThat(browser.evaluate("document.getElementById('count').textContent"))
        .isEqualTo("1 path");
    assertThat(browser.evaluate("document.querySelector('#results button').textContent"))
        .isEqualTo("/srv/rtl\\u202egpj.exe");
    browser.evaluate(
        "(q => { q.value = '/srv/'; q.dispatchEvent(new Event('input')); })"
            + "(document.getElementById('query'))");
    assertThat(browser.evaluate("document.getElementById('results').textContent"))
        .contains("/srv/b\\xff", "/srv/line\\nbreak\\x1b[31m\\x07\\u2028", "/srv/" + EVIL_NAME)
        .contains("/srv/<" + "/script><svg onload=alert(2)>");
  }

  private static void everythingHasAName(Browser browser) throws Exception {
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('button, input')].every(e =>"
                    + " e.getAttribute('aria-label') || e.textContent.trim()"
                    + " || document.querySelector('label[for=\"' + e.id + '\"]'))"))
        .isEqualTo("true");
    assertThat(
            browser.evaluate(
                "document.documentElement.lang + document.querySelectorAll('main, h1').length"))
        .isEqualTo("en2");
  }

  /** Were markup to get in by a mistake in the script, the page's policy would still stop it. */
  private static void nothingCouldRun(Browser browser) throws Exception {
    browser.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
            + " {textContent: 'window.owned = 1'}))");
    browser.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
            + " '<img src=data:, onerror=\"window.owned = 2\"><button onclick=\"window.owned = 3\""
            + " id=evil>')");
    browser.evaluate("document.getElementById('evil').click()");
    Thread.sleep(200);
    assertThat(browser.evaluate("window.owned")).isEqualTo("undefined");
  }

  private static String focused(Browser browser) throws Exception {
    return browser.evaluate("document.activeElement.getAttribute('aria-label') || ''");
  }

  private static String crumbs(Browser browser) throws Exception {
    return browser.evaluate("document.getElementById('crumbs').textContent");
  }
}
