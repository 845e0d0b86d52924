package dev.cooper.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker login left behind. */
class CredentialStoreTest {
  @TempDir Path directory;

  private Credentials find(String json, String domain) throws IOException {
    Files.writeString(directory.resolve("config.json"), json);
    return CredentialStore.ofUser(Map.of("DOCKER_CONFIG", directory.toString())).find(domain);
  }

  @Test
  void passwordsByHostAndByTheNameOfDockersOwn() throws IOException {
    String json =
        """
        {"auths": {
           "localhost:5000": {"auth": "bWU6c2VjcmV0"},
           "https://index.docker.io/v1/": {"auth": "aHViOnA6dw=="},
           "https://old.example/v1/": {"username": "a", "password": "b"},
           "token.example": {"auth": "eDp5", "identitytoken": "t"},
           "empty.example": {}
         }, "other": [1, {"x": null}]}
        """;
    assertThat(find(json, "localhost:5000")).isEqualTo(new Credentials.Password("me", "secret"));
    assertThat(find(json, "docker.io")).isEqualTo(new Credentials.Password("hub", "p:w"));
    assertThat(find(json, "old.example")).isEqualTo(new Credentials.Password("a", "b"));
    assertThat(find(json, "token.example")).isEqualTo(new Credentials.IdentityToken("t"));
    assertThat(find(json, "empty.example")).isEqualTo(new Credentials.None());
    assertThat(find(json, "unknown.example")).isEqualTo(new Credentials.None());
  }

  @Test
  void whatIsKeptIsFoundAndTheRestOfTheFileStays() throws IOException {
    Path file = directory.resolve("new/config.json");
    CredentialStore store = CredentialStore.at(file);
    Credentials.Password password = new Credentials.Password("me", "p:w");
    assertThat(store.put("localhost:5000", password)).isTrue();
    assertThat(store.put("docker.io", password)).isTrue();
    assertThat(store.find("localhost:5000")).isEqualTo(password);
    assertThat(Files.readString(file))
        .contains("https://index.docker.io/v1/")
        .doesNotContain("p:w");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"psFormat\":\"x\","));

    assertThat(store.remove("docker.io")).isTrue();
    assertThat(store.remove("docker.io")).isFalse();
    assertThat(store.find("docker.io")).isEqualTo(new Credentials.None());
    assertThat(store.find("localhost:5000")).isEqualTo(password);
    assertThat(Files.readString(file)).contains("\"psFormat\":\"x\"");
  }

  @Test
  void noFileMeansNone() throws IOException {
    assertThat(CredentialStore.at(directory.resolve("absent")).find("docker.io"))
        .isEqualTo(new Credentials.None());
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(new Credentials.Password("me", "hidden").toString()).doesNotContain("hidden");
    assertThat(new Credentials.IdentityToken("hidden").toString()).doesNotContain("hidden");
  }

  @Test
  void damageIsTold() {
    assertThatThrownBy(() -> find("{", "x.example"))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("config.json: it is not JSON");
    assertThatThrownBy(() -> find("{\"auths\":{\"x.example\":{\"auth\":\"!\"}}}", "x.example"))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("not base64");
    assertThatThrownBy(() -> find("{\"credsStore\":\"no-such-helper\"}", "x.example"))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageContaining("docker-credential-no-such-helper");
  }

  @Test
  void challengesAreRead() {
    Challenge challenge =
        Challenge.parse("Bearer realm=\"https://a.b/t?x=1,2\",service=\"s\\\"q\", scope=plain");
    assertThat(challenge.scheme()).isEqualTo("bearer");
    assertThat(challenge.parameters())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("realm", "https://a.b/t?x=1,2", "service", "s\"q", "scope", "plain"));
    assertThat(Challenge.parse("Basic").parameters()).isEmpty();
    assertThat(Challenge.parse("Basic realm=\"unended").parameter("realm")).isEqualTo("unended");
  }

  @Test
  void thisMachinesRegistriesAreSpokenToInTheClear() {
    assertThat(RegistryHost.of("localhost:5000").address()).hasToString("http://localhost:5000");
    assertThat(RegistryHost.of("127.0.0.1").address()).hasToString("http://127.0.0.1");
    assertThat(RegistryHost.of("[::1]:5000").address()).hasToString("http://[::1]:5000");
    assertThat(RegistryHost.of("127.evil.example").address())
        .hasToString("https://127.evil.example");
    assertThat(RegistryHost.of("localhost.example:5000").address())
        .hasToString("https://localhost.example:5000");
    assertThat(RegistryHost.of("docker.io").address()).hasToString("https://registry-1.docker.io");
  }
}
