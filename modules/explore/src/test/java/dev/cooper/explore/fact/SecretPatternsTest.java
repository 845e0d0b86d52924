package dev.cooper.explore.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPatternsTest {
  /** A guard against a hang, not a measure: each takes a moment. */
  private static final Duration HANG = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "secret", " ", "\t\n", "export ", "secret ", "a:secret\n", "_auth="})
  void whatIsMadeToTakeLongDoesNot(String part) {
    String text = part.repeat(SecretPatterns.MAX_SIZE / part.length());
    assertThat(assertTimeoutPreemptively(HANG, () -> find(".env", text))).isEmpty();
  }

  @Test
  void linesThatAreJustShortEnoughTakeNoLongerEither() {
    String text = ("secret".repeat(680) + "\n").repeat(16);
    assertThat(assertTimeoutPreemptively(HANG, () -> find(".env", text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB_PASSWORD=hunter22hunter",
        "A=1\r\n\t export  API_KEY = 'hunter22hunter'\r\n",
        "\n\n//registry.example/:_authToken=hunter22hunter",
        "my.client-secret: \"hunter22hunter\"",
        "password_secret_token_x=hunter22hunter"
      })
  void aSettingIsFoundInItsLine(String text) {
    assertThat(find(".env", text)).isEqualTo("password or key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASSWORD=short",
        "PASSWORD=\nhunter22hunter",
        "PASSWORD=${FROM_OUTSIDE}",
        "# the PASSWORD=hunter22hunter",
        "PASSWORD hunter22hunter"
      })
  void whatIsNoSettingIsNot(String text) {
    assertThat(find(".env", text)).isEmpty();
  }

  private static String find(String path, String text) {
    return SecretPatterns.find(path, text.getBytes(StandardCharsets.ISO_8859_1)).orElse("");
  }
}
