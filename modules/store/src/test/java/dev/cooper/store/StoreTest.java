package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path directory;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** An image may hold secrets, and set-user-id programs with known holes. */
  @Test
  void whatItHoldsIsNotForEverybodysEyes() throws IOException {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "needs POSIX");
    Path root = directory.resolve("lib/cooper");
    Store.open(root);
    assertThat(permissions(root)).isEqualTo("rwx--x---");
    for (String name : new String[] {"blobs", "layers", "containers", "volumes", "tmp"}) {
      assertThat(permissions(root.resolve(name))).as(name).isEqualTo("rwx------");
    }
  }

  @Test
  void aFolderThatWasThereKeepsItsPermissions() throws IOException {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "needs POSIX");
    Path root = Files.createDirectory(directory.resolve("mine"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Store.open(root);
    assertThat(permissions(root)).isEqualTo("rwxr-xr-x");
  }
}
