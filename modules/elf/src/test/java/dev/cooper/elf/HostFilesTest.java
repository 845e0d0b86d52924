package dev.cooper.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
  @TempDir Path root;

  @Test
  void linksStayInsideTheFolder() throws Exception {
    Files.createDirectories(root.resolve("usr/lib"));
    Files.writeString(root.resolve("usr/lib/file"), "x");
    Files.createSymbolicLink(root.resolve("lib"), Path.of("/usr/lib"));
    Files.createSymbolicLink(root.resolve("usr/up"), Path.of("../../../../lib/file"));
    Files.createSymbolicLink(root.resolve("host"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    HostFiles files = HostFiles.at(root);

    assertThat(files.resolve("/lib/file")).contains("/usr/lib/file");
    assertThat(files.resolve("/usr/up")).contains("/usr/lib/file");
    assertThat(files.resolve("/../../usr/./lib//file")).contains("/usr/lib/file");
    assertThat(files.resolve("/host")).isEmpty();
    assertThat(files.resolve("/loop")).isEmpty();
    assertThat(files.resolve("/usr/lib")).isEmpty();
    assertThat(files.resolve("/no\0name")).isEmpty();
  }
}
