package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What can be seen of it without fetching packages; a whole Debian is made by the walk-throughs.
 */
class DebianBaseTest {
  private static DebianBase of(String suite, List<String> include, String mirror) {
    return new DebianBase(suite, "minbase", include, Optional.of(mirror), Instant.EPOCH);
  }

  @Test
  void theCommandNamesWhatWasAskedFor() {
    assertThat(of("bookworm", List.of("curl", "g++"), "http://mirror.example/debian").command())
        .startsWith("mmdebstrap")
        .contains("--variant=minbase", "--include=curl,g++", "bookworm")
        .endsWith("-", "http://mirror.example/debian");
  }

  @Test
  void wordsThatWouldBeOptionsAreRefused() {
    for (String suite : List.of("--customize-hook=reboot", "", "a b", "$(reboot)")) {
      assertThatThrownBy(() -> of(suite, List.of(), "http://mirror.example/debian"))
          .as(suite)
          .isInstanceOf(CooperException.InvalidInput.class);
    }
    assertThatThrownBy(() -> of("sid", List.of("curl;reboot"), "http://mirror.example/debian"))
        .isInstanceOf(CooperException.InvalidInput.class);
    assertThatThrownBy(() -> of("sid", List.of(), "--help"))
        .isInstanceOf(CooperException.InvalidInput.class);
  }

  @Test
  void aMirrorThatIsNotThereIsAFailureWithItsWords() {
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, "mmdebstrap").canExecute()),
        "mmdebstrap is not installed");
    List<String> said = new ArrayList<>();
    BaseImage image = of("bookworm", List.of(), "file:///nonexistent").image(said::add);
    assertThatThrownBy(() -> image.writeTo(new MemoryBlobs(), Instant.EPOCH))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageContaining("mmdebstrap could not make bookworm");
    assertThat(said).isNotEmpty();
  }
}
