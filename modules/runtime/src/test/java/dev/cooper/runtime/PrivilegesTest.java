package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told that root is needed. */
class PrivilegesTest {
  private final String user = System.getProperty("user.name");

  @AfterEach
  void restore() {
    System.setProperty("user.name", user);
  }

  @Test
  void othersThanRootAreToldWhatNeedsItAndWhatToDo() {
    System.setProperty("user.name", "nobody");
    assertThat(Privileges.isRoot()).isFalse();
    assertThatThrownBy(() -> Privileges.requireRoot("RUN"))
        .isInstanceOfSatisfying(
            CooperException.Failed.class,
            e -> {
              assertThat(e).hasMessage("RUN needs root");
              assertThat(e.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("sudo"));
            });
  }

  @Test
  void rootPasses() {
    System.setProperty("user.name", "root");
    assertThat(Privileges.isRoot()).isTrue();
    assertThatCode(() -> Privileges.requireRoot("RUN")).doesNotThrowAnyException();
  }
}
