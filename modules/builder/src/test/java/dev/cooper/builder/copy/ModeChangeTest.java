package dev.cooper.builder.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What chmod(1) of coreutils makes of the same modes. */
class ModeChangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "755            | 0644 | file | 0755",
        "0              | 0644 | file | 0000",
        "4755           | 0644 | file | 4755",
        "u=rwx,g=rx,o=rx| 0644 | file | 0755",
        "u=rwX,go=rX    | 0600 | file | 0644",
        "u=rwX,go=rX    | 0700 | file | 0755",
        "u=rwX,go=rX    | 0700 | dir  | 0755",
        "+x             | 0644 | file | 0755",
        "a-w            | 0666 | file | 0444",
        "o=             | 0777 | file | 0770",
        "u+s            | 0755 | file | 4755",
        "g+s,o+t        | 0755 | dir  | 3755",
        "u=rw           | 4755 | file | 0655",
        "go=rx          | 2700 | dir  | 2755",
        "u+x-r          | 0644 | file | 0344",
        "+X             | 0644 | file | 0644",
      })
  void aModeBecomes(String change, String before, String type, String after) {
    int mode = ModeChange.parse(change).apply(Integer.parseInt(before, 8), type.equals("dir"));
    assertThat(Integer.toOctalString(mode)).isEqualTo(after.replaceFirst("^0+(?=.)", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "17777", "u", "x", "u=q", "u=r,", "rwx", "+x,,u=r", "-1"})
  void whatIsNoModeIsRefused(String change) {
    assertThatThrownBy(() -> ModeChange.parse(change))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageStartingWith("invalid chmod parameter: '" + change + "'");
  }
}
