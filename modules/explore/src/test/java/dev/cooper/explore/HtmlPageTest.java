package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.PathBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {
  private static final String EVIL = "<\u002fscript><img src=x onerror=alert(1)>";

  private static MadeImage image() {
    return new MadeImage()
        .layer(
            "/bin/sh -c #(nop) ADD base <script>document.title='owned'</script>",
            l ->
                l.sized("usr/lib/big", 5_000_000)
                    .sized("usr/bin/tool", 2_000_000)
                    .sized("etc/config", 1000)
                    .sized("etc/old", 900_000))
        .step("ENV A=1")
        .layer(
            "COPY . /srv",
            l ->
                l.sized("srv/app", 3_000_000)
                    .sized("srv/" + EVIL.replace("/", "\u2215"), 400_000)
                    .sized("srv/rtl\u202egpj.exe", 300_000)
                    .sized("srv/" + PathBytes.decode(new byte[] {'b', (byte) 0xff}), 200_000)
                    .sized("srv/line\nbreak\u001b[31m", 100_000)
                    .sized("etc/config", 1100)
                    .remove("etc/old"))
        .config(
            c ->
                c.withConfig(
                    c.config()
                        .withCmd(List.of("/srv/app"))
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
  void aBrowserShowsItByKeyboardInEveryWidthAndColour(
      @TempDir(cleanup = CleanupMode.ALWAYS) Path folder) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Browser.CHROMIUM), "Debian's chromium is not installed");
    Path page = Files.writeString(folder.resolve("page.html"), page());
    Path pictures = Path.of("target", "screenshots");
    Files.createDirectories(pictures);
    try (Browser browser = Browser.open(Files.createDirectory(folder.resolve("profile")), page)) {
      browser.awaitReady();
      for (int width : List.of(1280, 390)) {
        for (boolean dark : List.of(false, true)) {
          browser.resize(width, 900, dark);
          Thread.sleep(300);
          assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .as("no sideways scrolling at " + width)
              .isEqualTo("true");
          Files.write(
              pictures.resolve("page-" + width + (dark ? "-dark" : "-light") + ".png"),
              browser.screenshot());
        }
      }
      assertThat(browser.evaluate("document.title")).isEqualTo("made:1 · layers");
      assertThat(browser.evaluate("document.images.length")).isEqualTo("0");
      assertThat(browser.evaluate("document.querySelectorAll('#bar button').length"))
          .isEqualTo("2");
      assertThat(
              browser.evaluate("document.querySelector('#map button').getAttribute('aria-label')"))
          .isEqualTo("/usr, folder, 7 MB, 63.6 %, mostly layer 1");

      browser.evaluate("document.querySelector('#map button').focus()");
      browser.press("Enter");
      assertThat(browser.evaluate("document.getElementById('crumbs').textContent"))
          .isEqualTo("/usr/");
      assertThat(browser.evaluate("document.activeElement.getAttribute('aria-label')"))
          .startsWith("/usr/lib, folder");
      browser.press("ArrowRight");
      assertThat(browser.evaluate("document.activeElement.getAttribute('aria-label')"))
          .startsWith("/usr/bin, folder");
      browser.press("Escape");
      assertThat(browser.evaluate("document.getElementById('crumbs').textContent")).isEqualTo("/");
      assertThat(browser.evaluate("document.activeElement.getAttribute('aria-label')"))
          .startsWith("/usr, folder");

      browser.evaluate(
          "(q => { q.value = 'RTL'; q.dispatchEvent(new Event('input')); })"
              + "(document.getElementById('query'))");
      assertThat(browser.evaluate("document.getElementById('count').textContent"))
          .isEqualTo("1 path");
      assertThat(browser.evaluate("document.querySelector('#results button').textContent"))
          .isEqualTo("/srv/rtl\\u202egpj.exe");

      browser.evaluate("document.querySelectorAll('#bar button')[1].click()");
      assertThat(browser.evaluate("document.querySelectorAll('.tile.dim').length")).isEqualTo("1");
      assertThat(browser.evaluate("document.querySelectorAll('#waste tbody tr').length"))
          .isEqualTo("2");
      assertThat(
              browser.evaluate(
                  "[...document.querySelectorAll('button, input')].every(e =>"
                      + " e.getAttribute('aria-label') || e.textContent.trim()"
                      + " || document.querySelector('label[for=\"' + e.id + '\"]'))"))
          .isEqualTo("true");
    }
  }
}
