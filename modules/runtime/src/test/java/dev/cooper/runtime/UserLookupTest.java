package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserLookupTest {
  @TempDir Path temporary;

  private Path root;

  @BeforeEach
  void setUp() throws IOException {
    Assumptions.assumeTrue(Linux.available(), "SKIPPED: not Linux");
    root = Files.createDirectory(temporary.resolve("root"));
    Files.createDirectory(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/passwd"),
        """
        # a comment
        root:x:0:0:root:/root:/bin/sh
        broken line
        app:x:1000:1001:An App:/home/app:/bin/sh
        homeless:x:1002:1002:::
        """);
    Files.writeString(
        root.resolve("etc/group"),
        """
        root:x:0:
        apps:x:1001:
        wheel:x:10:root,app
        video:x:44:app,other
        bad:x:nan:app
        """);
  }

  private ContainerUser find(String user) throws IOException {
    return UserLookup.find(root, user);
  }

  @Test
  void nobodyIsRoot() throws IOException {
    assertThat(find(""))
        .isEqualTo(new ContainerUser(new ProcessUser(0, 0, List.of(10)), "root", "/root"));
    assertThat(find("root")).isEqualTo(find("0")).isEqualTo(find(""));
  }

  @Test
  void aNameBringsItsGroups() throws IOException {
    ContainerUser app =
        new ContainerUser(new ProcessUser(1000, 1001, List.of(10, 44)), "app", "/home/app");
    assertThat(find("app")).isEqualTo(app);
    assertThat(find("1000")).isEqualTo(app);
    assertThat(find("homeless").home()).isEqualTo("/");
  }

  @Test
  void aGroupGivenIsTheOnlyOne() throws IOException {
    assertThat(find("app:video").ids()).isEqualTo(new ProcessUser(1000, 44, List.of()));
    assertThat(find("app:4242").ids()).isEqualTo(new ProcessUser(1000, 4242, List.of()));
    assertThat(find(":apps").ids()).isEqualTo(new ProcessUser(0, 1001, List.of()));
  }

  @Test
  void numbersNeedNoEntry() throws IOException {
    assertThat(find("77:88"))
        .isEqualTo(new ContainerUser(new ProcessUser(77, 88, List.of()), "", "/"));
    assertThat(find("77").ids()).isEqualTo(new ProcessUser(77, 0, List.of()));
  }

  @Test
  void namesDo() {
    assertThatThrownBy(() -> find("foo"))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("unable to find user foo: no matching entries in passwd file");
    assertThatThrownBy(() -> find("app:foo"))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("unable to find group foo: no matching entries in group file");
    assertThatThrownBy(() -> find("-5")).isInstanceOf(CooperException.InvalidInput.class);
    assertThatThrownBy(() -> find("99999999999")).isInstanceOf(CooperException.InvalidInput.class);
  }

  @Test
  void furtherGroupsByNameOrNumber() throws IOException {
    assertThat(UserLookup.groups(root, List.of("video", "7"))).containsExactly(44, 7);
    assertThatThrownBy(() -> UserLookup.groups(root, List.of("nope")))
        .hasMessage("Unable to find group nope");
  }

  @Test
  void withoutFilesThereIsOnlyRoot() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertThat(UserLookup.find(empty, "")).isEqualTo(new ContainerUser(ProcessUser.ROOT, "", "/"));
    assertThatThrownBy(() -> UserLookup.find(empty, "app"))
        .isInstanceOf(CooperException.InvalidInput.class);
  }

  @Test
  void linksAreFollowedInsideTheRootOnly() throws IOException {
    Path outside = Files.writeString(temporary.resolve("passwd"), "evil:x:666:666::/:\n");
    Files.delete(root.resolve("etc/passwd"));
    Files.createSymbolicLink(root.resolve("etc/passwd"), outside);
    assertThatThrownBy(() -> find("evil")).isInstanceOf(CooperException.InvalidInput.class);

    Files.delete(root.resolve("etc/passwd"));
    Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("../../../usr/passwd"));
    Files.writeString(
        Files.createDirectory(root.resolve("usr")).resolve("passwd"), "in:x:5:6::/in:\n");
    assertThat(find("in").ids()).isEqualTo(new ProcessUser(5, 6, List.of()));
  }
}
