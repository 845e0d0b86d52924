package dev.cooper.cli.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1, 1B",
    "999, 999B",
    "1000, 1kB",
    "1024, 1.02kB",
    "1959936, 1.96MB",
    "116888000, 117MB",
    "999999, 1MB",
    "1230000000000, 1.23TB"
  })
  void sizesHaveThreeDigits(long bytes, String expected) {
    assertThat(HumanSize.of(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "99, 99B",
    "1023, 1023B",
    "1024, 1KiB",
    "1031168, 1007KiB",
    "103096320, 98.3MiB",
    "104857599, 100MiB",
    "314572800, 300MiB",
    "1610612736, 1.5GiB",
    "9223372036854775807, 8192PiB"
  })
  void sizesOfDisksAreInPowersOf1024(long bytes, String expected) {
    assertThat(HumanSize.binary(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "32, 32",
    "32b, 32",
    "32k, 32768",
    "32K, 32768",
    "32kb, 32768",
    "1.5m, 1572864",
    "1g, 1073741824",
    "0.5k, 512"
  })
  void sizesAreReadInPowersOf1024(String text, long expected) {
    assertThat(HumanSize.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"abc", "-1", "1x", "''", "1.2.3", "999999999999999999999g"})
  void sizesThatAreNone(String text) {
    assertThatThrownBy(() -> HumanSize.parse(text))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("invalid size: '" + text + "'");
  }

  @Property
  void everySizeIsShort(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(HumanSize.of(bytes)).matches("\\d{1,3}(\\.\\d{1,2})?(B|kB|MB|GB|TB|PB|EB)");
  }

  @Property
  void aSizeIsRoundedToThreeDigits(
      @ForAll @LongRange(min = 0, max = 999) long digits,
      @ForAll @LongRange(min = 0, max = 6) long power,
      @ForAll @LongRange(min = 0, max = 999) long rest) {
    long bytes = (digits * 1000 + rest) * (long) Math.pow(10, power);
    String shown = HumanSize.of(bytes);
    int end = 0;
    while (Character.isDigit(shown.charAt(end)) || shown.charAt(end) == '.') {
      end++;
    }
    int unit = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB").indexOf(shown.substring(end));
    assertThat(new BigDecimal(shown.substring(0, end)).movePointRight(3 * unit))
        .isEqualByComparingTo(
            BigDecimal.valueOf(bytes).round(new MathContext(3, RoundingMode.HALF_EVEN)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, Less than a second", "1, 1 second", "59, 59 seconds", "60, About a minute",
    "119, About a minute", "120, 2 minutes", "3599, 59 minutes", "3600, About an hour",
    "5399, About an hour", "5400, 2 hours", "172800, 2 days", "1209600, 2 weeks",
    "5184000, 2 months", "63072000, 2 years"
  })
  void ages(long seconds, String expected) {
    assertThat(Age.of(Duration.ofSeconds(seconds))).isEqualTo(expected);
  }

  @Test
  void tablesAreLaidOutAsDockerDoes() {
    assertThat(
            print(
                null,
                List.of("A", "B"),
                Map.of("A", "short", "B", "1"),
                Map.of("A", "much longer", "B", "2")))
        .isEqualTo("HEAD A        HEAD B\nshort         1\nmuch longer   2\n");
    assertThat(print("table {{.B}}\\t{{.A}}", List.of(), Map.of("A", "x", "B", "y")))
        .isEqualTo("HEAD B    HEAD A\ny         x\n");
    assertThat(print("{{.A}}-{{.B}}", List.of(), Map.of("A", "x", "B", "y"))).isEqualTo("x-y\n");
    assertThat(print("json", List.of(), Map.of("A", "x"))).isEqualTo("{\"A\":\"x\"}\n");
  }

  @SafeVarargs
  private static String print(String format, List<String> columns, Map<String, Object>... rows) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("A", "HEAD A");
    headers.put("B", "HEAD B");
    Listing listing = new Listing(headers);
    for (Map<String, Object> row : rows) {
      listing.row(row);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    listing.print(format, columns, out);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void jsonIsIndentedAsDockerDoes() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a", List.of());
    value.put("b", Map.of());
    value.put("c", null);
    value.put("d", "tab\t\"\u0001<&>");
    assertThat(JsonText.indented(List.of(value)))
        .isEqualTo(
            """
            [
                {
                    "a": [],
                    "b": {},
                    "c": null,
                    "d": "tab\\t\\"\\u0001<&>"
                }
            ]""");
    assertThat(JsonText.compact(value))
        .isEqualTo("{\"a\":[],\"b\":{},\"c\":null,\"d\":\"tab\\t\\\"\\u0001<&>\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "*, minios:latest, true",
    "mini*, minios:latest, true",
    "mini??, minios, true",
    "a/*, a/b, true",
    "*, a/b, false",
    "[lm]inios, minios, true",
    "[^m]inios, minios, false",
    "minios, minios2, false",
    "*:1.0, x:1.0, true"
  })
  void globs(String pattern, String text, boolean matches) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
  }

  @Test
  void pointsInTime() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(When.parse("1h30m", now)).isEqualTo("2026-01-02T01:34:05Z");
    assertThat(When.parse("1500ms", now)).isEqualTo("2026-01-02T03:04:03.5Z");
    assertThat(When.parse("2026-01-01T00:00:00Z", now)).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(When.parse("2026-01-01T00:00:00+02:00", now)).isEqualTo("2025-12-31T22:00:00Z");
    assertThat(When.parse("10.5", now)).isEqualTo("1970-01-01T00:00:10.5Z");
    for (String wrong : List.of("", "x", "1y", "2026-13-01", "h")) {
      assertThatThrownBy(() -> When.parse(wrong, now))
          .isInstanceOf(CooperException.InvalidInput.class);
    }
  }
}
