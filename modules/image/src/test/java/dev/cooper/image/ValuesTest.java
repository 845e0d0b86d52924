package dev.cooper.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private static final String EMPTY_SHA256 =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void digestsAreComputedAndParsed() {
    Digest digest = Digest.sha256(new byte[0]);
    assertThat(digest).hasToString(EMPTY_SHA256);
    assertThat(Digest.parse(EMPTY_SHA256)).isEqualTo(digest);
    assertThat(digest.shortHex()).isEqualTo("e3b0c44298fc");
    assertThat(Digest.parse("sha512:" + "0".repeat(128)).newMessageDigest().getAlgorithm())
        .isEqualTo("SHA-512");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256",
        "sha256:",
        "sha256:e3b0",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "sha256:../../../../../../../../../../../../../../../../../../../../../..",
        ":e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void refusesWhatIsNoDigest(String text) {
    assertThat(Digest.isDigest(text)).isFalse();
    assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(CooperException.InvalidInput.class);
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "linux/x86_64, linux/amd64",
    "Linux/AMD64/v1, linux/amd64",
    "linux/amd64/v2, linux/amd64/v2",
    "linux/aarch64, linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux/arm64/v9, linux/arm64/v9",
    "linux/armhf, linux/arm/v7",
    "linux/armel, linux/arm/v6",
    "linux/arm/7, linux/arm/v7",
    "linux/i686, linux/386",
    "macos/arm64, darwin/arm64",
    "linux/riscv64, linux/riscv64",
    "plan9/mill, plan9/mill",
    "riscv64, linux/riscv64",
  })
  void platformsAreNormalised(String text, String normal) {
    assertThat(Platform.parse(text)).hasToString(normal);
    assertThat(Platform.parse(normal)).isEqualTo(Platform.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "linux/", "/amd64", "a/b/c/d", "linux/amd 64", "linux/ü"})
  void refusesWhatIsNoPlatform(String text) {
    assertThatThrownBy(() -> Platform.parse(text))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("\"" + text + "\" is an invalid platform");
  }

  @Test
  void aPlatformAcceptsItsVariants() {
    Platform arm = Platform.parse("linux/arm");
    assertThat(arm.accepts(Platform.parse("linux/arm/v6"))).isTrue();
    assertThat(Platform.parse("linux/arm/v7").accepts(arm)).isTrue();
    assertThat(Platform.parse("linux/arm/v6").accepts(arm)).isFalse();
    assertThat(arm.accepts(Platform.parse("linux/arm64"))).isFalse();
    assertThat(Platform.host().os()).isEqualTo("linux");
  }

  @Test
  void anIndexPrefersTheExactPlatform() {
    Descriptor v6 = descriptor("6", "linux/arm/v6");
    Descriptor v7 = descriptor("7", "linux/arm/v7");
    Descriptor none = Descriptor.of(MediaTypes.OCI_MANIFEST, "none".getBytes(UTF_8));
    Index index = Index.of(List.of(none, v6, v7));
    assertThat(index.find(Platform.parse("linux/arm/v7"))).contains(v7);
    assertThat(index.find(Platform.parse("linux/arm"))).contains(v6);
    assertThat(index.find(Platform.parse("linux/amd64"))).contains(none);
    assertThat(Index.of(List.of(v6)).find(Platform.parse("linux/amd64"))).isEmpty();
  }

  @Test
  void valuesDoNotChangeWithWhatTheyWereMadeFrom() {
    List<String> env = new java.util.ArrayList<>(List.of("A=1"));
    Map<String, String> labels = new java.util.HashMap<>(Map.of("a", "1"));
    ContainerConfig config = ContainerConfig.EMPTY.withEnv(env).withLabels(labels);
    env.add("B=2");
    labels.put("b", "2");
    assertThat(config.env()).containsExactly("A=1");
    assertThat(config.labels()).containsExactly(Map.entry("a", "1"));
    assertThatThrownBy(() -> config.labels().put("c", "3"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void mediaTypesSayWhatTheyAre() {
    assertThat(MediaTypes.isLayer(MediaTypes.DOCKER_LAYER_GZIP)).isTrue();
    assertThat(MediaTypes.isLayer(MediaTypes.OCI_LAYER_ZSTD)).isTrue();
    assertThat(MediaTypes.isLayer(MediaTypes.OCI_CONFIG)).isFalse();
    assertThat(MediaTypes.isIndex(MediaTypes.DOCKER_INDEX)).isTrue();
    assertThat(MediaTypes.isManifest(MediaTypes.DOCKER_INDEX)).isFalse();
    assertThat(MediaTypes.isForeignLayer(MediaTypes.DOCKER_FOREIGN_LAYER + ".gzip")).isTrue();
  }

  @Test
  void failuresCarryAHint() {
    CooperException failure = new CooperException.NotFound("No such image: x", "cooper pull x");
    assertThat(failure.hint()).contains("cooper pull x");
    assertThat(failure.exitCode()).isEqualTo(1);
    assertThat(new CooperException.Failed("f").hint()).isEmpty();
  }

  private static Descriptor descriptor(String contents, String platform) {
    return Descriptor.of(MediaTypes.OCI_MANIFEST, contents.getBytes(UTF_8))
        .withPlatform(Platform.parse(platform));
  }
}
