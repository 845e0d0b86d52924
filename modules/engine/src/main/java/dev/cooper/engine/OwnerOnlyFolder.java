package dev.cooper.engine;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A container's folder is for its owner only: it holds set-user-id files of other systems. */
final class OwnerOnlyFolder {
  private OwnerOnlyFolder() {}

  static FileAttribute<?> attribute() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }
}
