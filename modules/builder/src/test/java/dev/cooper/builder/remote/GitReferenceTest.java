package dev.cooper.builder.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitReferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "https://host/a/repo.git               | https://host/a/repo.git      | -    | ''",
        "https://host/repo.git#main            | https://host/repo.git        | main | ''",
        "https://host/repo.git#main:a/b        | https://host/repo.git        | main | a/b",
        "https://host/repo.git#:a/             | https://host/repo.git        | -    | a",
        "http://host/repo.git#v1:/a            | http://host/repo.git         | v1   | a",
        "git://host/repo#refs/heads/x          | git://host/repo              | refs/heads/x | ''",
        "ssh://git@host:22/repo.git            | ssh://git@host:22/repo.git   | -    | ''",
        "git@github.com:a/repo.git#v1:.        | git@github.com:a/repo.git    | v1   | ''",
        "github.com/a/repo                     | https://github.com/a/repo    | -    | ''",
      })
  void anAddressIsARepository(String text, String remote, String ref, String directory) {
    assertThat(GitReference.parse(text, true)).hasValue(new GitReference(remote, ref, directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "dir", "a@b/c", "https://host/a.tar", "./git@host:a", "a:b", "C:/x"})
  void somethingElseIsNone(String text) {
    assertThat(GitReference.parse(text, true)).isEmpty();
  }

  @Test
  void aFolderCanBeCalledLikeAHost() {
    assertThat(GitReference.parse("github.com/a", false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/r.git#--upload-pack=x",
        "https://host/r.git#main:../..",
        "git@h:r#:.."
      })
  void whatLeadsOutIsRefused(String text) {
    assertThatThrownBy(() -> GitReference.parse(text, true))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageStartingWith("invalid git reference: ");
  }
}
