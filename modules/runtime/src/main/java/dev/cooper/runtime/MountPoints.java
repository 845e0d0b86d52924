package dev.cooper.runtime;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A layer to put below all others, with the places where a container has something mounted. Without
 * it the runtime would make what an image lacks of them in the container's own layer, and they
 * would look like changes. At the bottom, whatever an image says of them wins.
 */
public final class MountPoints {
  private static final List<String> DIRECTORIES =
      List.of("dev", "dev/pts", "dev/shm", "proc", "sys", "etc");
  private static final List<String> FILES =
      List.of("etc/hosts", "etc/hostname", "etc/resolv.conf", "dev/console", ".dockerenv");

  private static final FileAttribute<Set<PosixFilePermission>> AS_DOCKER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private MountPoints() {}

  /** Makes the layer in {@code directory}, or completes it. Safe to call at once from many. */
  public static Path prepare(Path directory) throws IOException {
    if (Files.exists(directory.resolve("etc/mtab"), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return directory;
    }
    Files.createDirectories(directory);
    for (String name : DIRECTORIES) {
      Files.createDirectories(directory.resolve(name));
    }
    for (String name : FILES) {
      ignoringPresent(() -> Files.createFile(directory.resolve(name), AS_DOCKER));
    }
    // Last, since its presence says that the rest is there.
    ignoringPresent(
        () -> Files.createSymbolicLink(directory.resolve("etc/mtab"), Path.of("/proc/mounts")));
    return directory;
  }

  private interface Creation {
    Path run() throws IOException;
  }

  private static void ignoringPresent(Creation creation) throws IOException {
    try {
      Path _ = creation.run();
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
    }
  }
}
