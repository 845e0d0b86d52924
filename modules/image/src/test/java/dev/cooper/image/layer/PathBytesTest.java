package dev.cooper.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PathBytesTest {
  @Property
  void anyBytesComeBack(@ForAll byte[] bytes) {
    assertThat(PathBytes.encode(PathBytes.decode(bytes))).isEqualTo(bytes);
  }

  @Property
  void validTextIsItself(@ForAll String text) {
    byte[] bytes = text.getBytes(UTF_8);
    String valid = new String(bytes, UTF_8);
    assertThat(PathBytes.decode(valid.getBytes(UTF_8))).isEqualTo(valid);
    assertThat(PathBytes.encode(valid)).isEqualTo(valid.getBytes(UTF_8));
  }

  @Property
  void theOrderIsThatOfTheBytes(@ForAll byte[] a, @ForAll byte[] b) {
    String x = PathBytes.decode(a);
    String y = PathBytes.decode(b);
    assertThat(Integer.signum(PathBytes.compare(x, y)))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
  }

  @Property
  void theOrderOfTextIsThatOfItsBytes(@ForAll String a, @ForAll String b) {
    byte[] x = a.getBytes(UTF_8);
    byte[] y = b.getBytes(UTF_8);
    assertThat(Integer.signum(PathBytes.compare(PathBytes.decode(x), PathBytes.decode(y))))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(x, y)));
  }

  @Test
  void bytesOutsideUtf8BecomeLoneSurrogates() {
    assertThat(PathBytes.decode(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, (byte) 0xA9}))
        .isEqualTo("a\uDCFFé");
    // An encoded surrogate is not valid UTF-8, nor is an overlong slash.
    assertThat(PathBytes.decode(new byte[] {(byte) 0xED, (byte) 0xB2, (byte) 0x80}))
        .isEqualTo("\uDCED\uDCB2\uDC80");
    assertThat(PathBytes.decode(new byte[] {(byte) 0xC0, (byte) 0xAF})).isEqualTo("\uDCC0\uDCAF");
    assertThat(PathBytes.compare("\uD83D\uDE00", "\uDCFF")).isNegative();
    assertThat(PathBytes.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
  }

  @Test
  void otherLoneSurrogatesHaveNoBytes() {
    for (String text : new String[] {"\uD83D", "\uDC00", "a\uDC7F", "\uDD00x"}) {
      assertThatThrownBy(() -> PathBytes.encode(text))
          .isInstanceOf(CooperException.InvalidInput.class);
    }
  }
}
