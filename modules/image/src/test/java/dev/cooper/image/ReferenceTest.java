package dev.cooper.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String HEX =
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

  @ParameterizedTest
  @CsvSource({
    "minios, docker.io/library/minios:latest, minios:latest",
    "minios:1, docker.io/library/minios:1, minios:1",
    "me/app, docker.io/me/app:latest, me/app:latest",
    "a/b/c, docker.io/a/b/c:latest, a/b/c:latest",
    "docker.io/library/redis, docker.io/library/redis:latest, redis:latest",
    "docker.io/redis, docker.io/library/redis:latest, redis:latest",
    "docker.io/library/foo/bar, docker.io/library/foo/bar:latest, library/foo/bar:latest",
    "index.docker.io/library/redis, docker.io/library/redis:latest, redis:latest",
    "index.docker.io/redis, docker.io/library/redis:latest, redis:latest",
    "localhost/redis, localhost/redis:latest, localhost/redis:latest",
    "localhost:5000/redis, localhost:5000/redis:latest, localhost:5000/redis:latest",
    "LOCALHOST/redis, LOCALHOST/redis:latest, LOCALHOST/redis:latest",
    "Uppercase/lower, Uppercase/lower:latest, Uppercase/lower:latest",
    "127.0.0.1:8000/foo/bar, 127.0.0.1:8000/foo/bar:latest, 127.0.0.1:8000/foo/bar:latest",
    "'[::1]:5000/foo', '[::1]:5000/foo:latest', '[::1]:5000/foo:latest'",
    "'[2001:db8::1]/foo', '[2001:db8::1]/foo:latest', '[2001:db8::1]/foo:latest'",
    "quay.io/a/b__c-d.e:V_1.2-x, quay.io/a/b__c-d.e:V_1.2-x, quay.io/a/b__c-d.e:V_1.2-x",
    "a---b, docker.io/library/a---b:latest, a---b:latest",
    "xn--n3h.com/myimage, xn--n3h.com/myimage:latest, xn--n3h.com/myimage:latest",
    "foo_bar.com:8080, docker.io/library/foo_bar.com:8080, foo_bar.com:8080",
    "foo/foo_bar.com:8080, docker.io/foo/foo_bar.com:8080, foo/foo_bar.com:8080",
    "test.com:tag, docker.io/library/test.com:tag, test.com:tag",
    "test.com:5000, docker.io/library/test.com:5000, test.com:5000",
    "test:5000/repo, test:5000/repo:latest, test:5000/repo:latest",
    "sub-dom1.foo.com/bar/baz/quux, sub-dom1.foo.com/bar/baz/quux:latest,"
        + " sub-dom1.foo.com/bar/baz/quux:latest",
  })
  void completesNames(String text, String canonical, String familiar) {
    Reference reference = Reference.parse(text);
    assertThat(reference.canonical()).isEqualTo(canonical);
    assertThat(reference.familiar()).isEqualTo(familiar);
    assertThat(Reference.parse(reference.familiar())).isEqualTo(reference);
    assertThat(Reference.parse(reference.canonical())).isEqualTo(reference);
  }

  @Test
  void keepsDigests() {
    Reference digest = Reference.parse("test:5000/repo@sha256:" + HEX);
    assertThat(digest.tag()).isNull();
    assertThat(digest.canonical()).isEqualTo("test:5000/repo@sha256:" + HEX);
    Reference both = Reference.parse("me/app:1.0@sha256:" + HEX);
    assertThat(both.tag()).isEqualTo("1.0");
    assertThat(both.familiar()).isEqualTo("me/app:1.0@sha256:" + HEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":justtag",
        "@sha256:" + HEX,
        "repo@sha256:ffff",
        "repo@md5:" + HEX,
        "https://github.com/docker/docker",
        "-docker",
        "docker/",
        "docker//app",
        "docker///docker",
        "-docker.io/docker/docker",
        "docker.io/docker/docker_",
        "foo.-bar/baz",
        "a..b",
        "a___b",
        "a_-b",
        "a__",
        ".a",
        "a@",
        "a:",
        "a:.b",
        "a:-b",
        "a b",
        "a:b c",
        "aa/asdf$$^/aa",
        "[fe80::1%eth0]/foo",
        "[::1]",
        "host:port/repo",
        "docker.io/ü",
        " minios",
        "minios\n",
      })
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> Reference.parse(text))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("invalid reference format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Minios", "docker.io/Docker/app", "me/App:1", "test:5000/Uppercase/lower"})
  void saysThatNamesAreLowerCase(String text) {
    assertThatThrownBy(() -> Reference.parse(text))
        .hasMessage("invalid reference format: repository name must be lowercase");
  }

  @Test
  void refusesImageIds() {
    assertThatThrownBy(() -> Reference.parse(HEX))
        .hasMessage(
            "invalid repository name (" + HEX + "), cannot specify 64-byte hexadecimal strings");
  }

  @Test
  void boundsLengths() {
    assertThat(Reference.parse("a:" + "b".repeat(128)).tag()).hasSize(128);
    assertThatThrownBy(() -> Reference.parse("a:" + "b".repeat(129)))
        .hasMessage("invalid reference format");
    assertThat(Reference.parse("a/" + "b".repeat(253)).path()).hasSize(255);
    assertThatThrownBy(() -> Reference.parse("a/" + "b".repeat(254)))
        .hasMessage("repository name must not be more than 255 characters");
  }
}
