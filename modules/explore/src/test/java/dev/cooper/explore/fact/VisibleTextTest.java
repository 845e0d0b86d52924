package dev.cooper.explore.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.PathBytes;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
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

  /** Default_Ignorable_Code_Point, Unicode 16, DerivedCoreProperties.txt: first and last. */
  private static final int[][] IGNORABLE = {
    {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5},
    {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},
    {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
  };

  /** White_Space but the space (Unicode, PropList.txt), and signs that are drawn as nothing. */
  private static final int[][] BLANK = {
    {0x0009, 0x000D}, {0x0085, 0x0085}, {0x00A0, 0x00A0}, {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0x2800, 0x2800},
    {0x1D159, 0x1D159}, {0x13441, 0x13442}, {0x16FE4, 0x16FE4}
  };

  /** Control characters, interlinear annotations, and halves of pairs. */
  private static final int[][] CONTROL = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0xFFF9, 0xFFFB}, {0xD800, 0xDFFF}
  };

  @Test
  void whatIsNotDrawnIsWrittenOutTheWholeList() {
    for (int[][] ranges : new int[][][] {IGNORABLE, BLANK, CONTROL}) {
      for (int[] range : ranges) {
        for (int point = range[0]; point <= range[1]; point++) {
          assertThat(VisibleText.of("a" + Character.toString(point) + "b"))
              .as("U+%04X", point)
              .matches("a\\\\[\\x21-\\x7e]+b");
        }
      }
    }
  }

  @Property
  void theResultHoldsNothingHidden(
      @ForAll String text, @ForAll(supplier = Hidden.class) String hidden, @ForAll String after) {
    assertThat(VisibleText.of(text + hidden + after).codePoints()).noneMatch(p -> isHidden(p));
  }

  private static boolean isHidden(int point) {
    return Stream.of(IGNORABLE, BLANK, CONTROL)
        .flatMap(Stream::of)
        .anyMatch(range -> point >= range[0] && point <= range[1]);
  }

  /** One of the lists: a text at random hardly ever has any. */
  private static final class Hidden implements ArbitrarySupplier<String> {
    @Override
    public Arbitrary<String> get() {
      return Arbitraries.of(
              Stream.of(IGNORABLE, BLANK, CONTROL).flatMap(Stream::of).toArray(int[][]::new))
          .flatMap(range -> Arbitraries.integers().between(range[0], range[1]))
          .map(Character::toString);
    }
  }
}
