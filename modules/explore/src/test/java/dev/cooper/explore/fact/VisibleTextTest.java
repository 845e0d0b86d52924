package dev.cooper.explore.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.PathBytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void ordinaryNamesStayAsTheyAre() {
    assertThat(VisibleText.of("usr/share/doc/a b+c~.txt")).isEqualTo("usr/share/doc/a b+c~.txt");
    assertThat(VisibleText.of("naïve-文件-файл-😀")).isEqualTo("naïve-文件-файл-😀");
  }

  @Test
  void whatCannotBeSeenIsWrittenOut() {
    assertThat(VisibleText.of("a\nb\u001b[31mc\u007f")).isEqualTo("a\\nb\\x1b[31mc\\x7f");
    assertThat(VisibleText.of("exe\u202egpj.sh")).isEqualTo("exe\\u202egpj.sh");
    assertThat(VisibleText.of("zero\u200bwidth\u00a0")).isEqualTo("zero\\u200bwidth\\u00a0");
    assertThat(VisibleText.of(PathBytes.decode(new byte[] {'a', (byte) 0xff, 'b'})))
        .isEqualTo("a\\xffb");
    assertThat(VisibleText.of("a\\nb")).isEqualTo("a\\\\nb");
  }

  @Test
  void aMessageKeepsItsLinesAndBackslashesButNothingHiddenInNames() {
    assertThat(VisibleText.ofMessage("/a\u001b[31m\u202e: not read\n\tC:\\x"))
        .isEqualTo("/a\\x1b[31m\\u202e: not read\n\tC:\\x");
  }

  @Property
  void theResultHoldsNothingHidden(@ForAll String text) {
    assertThat(VisibleText.of(text).codePoints())
        .noneMatch(
            p ->
                Character.isISOControl(p)
                    || Character.getType(p) == Character.FORMAT
                    || Character.getType(p) == Character.SURROGATE);
  }
}
