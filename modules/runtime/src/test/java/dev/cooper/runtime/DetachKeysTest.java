package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DetachKeysTest {
  private static String scan(DetachKeys keys, String... pieces) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
      if (keys.scan(bytes, bytes.length, passed)) {
        return passed.toString(StandardCharsets.ISO_8859_1) + "!";
      }
    }
    return passed.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void areFoundAcrossPieces() {
    assertThat(scan(DetachKeys.standard(), "ab\u0010\u0011cd")).isEqualTo("ab!");
    assertThat(scan(DetachKeys.standard(), "ab\u0010", "\u0011cd")).isEqualTo("ab!");
    assertThat(scan(DetachKeys.standard(), "\u0010", "x\u0010\u0010\u0011"))
        .isEqualTo("\u0010x\u0010!");
  }

  @Test
  void noneMeansNone() {
    assertThat(scan(DetachKeys.none(), "a\u0010\u0011")).isEqualTo("a\u0010\u0011");
  }

  @Test
  void areWrittenAsDockerWritesThem() {
    assertThat(scan(DetachKeys.parse("ctrl-a,x,ctrl-["), "q\u0001x\u001b")).isEqualTo("q!");
    for (String wrong : List.of("", "ctrl-", "ab", "ctrl-ab", "ctrl-1", "a,,b")) {
      assertThatThrownBy(() -> DetachKeys.parse(wrong))
          .isInstanceOf(CooperException.InvalidInput.class);
    }
  }

  @Property
  void everythingBeforeThemIsPassedOnWhole(
      @ForAll @CharRange(from = 'p', to = 'r') @StringLength(max = 12) String text,
      @ForAll @CharRange(from = 'p', to = 'r') @StringLength(max = 12) String more) {
    String all = text + more;
    int at = all.indexOf("pq");
    String passed = scan(DetachKeys.parse("p,q"), text, more);
    if (at >= 0) {
      assertThat(passed).isEqualTo(all.substring(0, at) + "!");
    } else {
      // A beginning of the keys at the very end is still held.
      assertThat(all).startsWith(passed);
      assertThat(all.substring(passed.length())).isIn("", "p");
    }
  }
}
