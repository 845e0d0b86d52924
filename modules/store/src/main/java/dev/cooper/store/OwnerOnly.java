package dev.cooper.store;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The attributes of directories that hold other users' set-user-id files and secrets. */
final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  static FileAttribute<?>[] directory() {
    return of("rwx------");
  }

  /** Of a directory that others of the owner's group may pass through, to what is open to them. */
  static FileAttribute<?>[] passage() {
    return of("rwx--x---");
  }

  private static FileAttribute<?>[] of(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
