package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where images and containers are kept, for whom. */
class StateFolderTest {
  private static Path choose(
      @Nullable String option, Map<String, String> environment, boolean root) {
    return StateFolder.choose(option, environment, root, "/account");
  }

  @Test
  void theOptionComesFirstThenTheVariable() {
    Map<String, String> environment = Map.of("COOPER_ROOT", "/by/variable", "HOME", "/home/me");
    assertThat(choose("/by/option", environment, true)).isEqualTo(Path.of("/by/option"));
    assertThat(choose(null, environment, true)).isEqualTo(Path.of("/by/variable"));
    assertThat(choose("", environment, true)).isEqualTo(Path.of("/var/lib/cooper"));
  }

  @Test
  void rootHasTheMachinesFolder() {
    assertThat(choose(null, Map.of("HOME", "/root"), true)).isEqualTo(Path.of("/var/lib/cooper"));
  }

  @Test
  void othersHaveOneOfTheirOwnByHomeBeforeTheAccount() {
    assertThat(choose(null, Map.of("HOME", "/home/me"), false))
        .isEqualTo(Path.of("/home/me/.local/share/cooper"));
    assertThat(choose(null, Map.of(), false)).isEqualTo(Path.of("/account/.local/share/cooper"));
    assertThat(choose(null, Map.of("HOME", "not/absolute"), false))
        .isEqualTo(Path.of("/account/.local/share/cooper"));
    assertThat(choose(null, Map.of("HOME", "/home/me", "XDG_DATA_HOME", "/data"), false))
        .isEqualTo(Path.of("/data/cooper"));
    assertThat(choose(null, Map.of("HOME", "/home/me", "XDG_DATA_HOME", "data"), false))
        .isEqualTo(Path.of("/home/me/.local/share/cooper"));
  }
}
