package dev.cooper.store;

import dev.cooper.linux.CloneFile;
import dev.cooper.linux.Devices;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an overlay calls copying up: something of a layer below, made again in a layer above. */
final class LowerCopy {
  private LowerCopy() {}

  /** Makes {@code file}, which must not exist, like something that is not a directory. */
  static void copy(LowerLayers.Found original, Path file) throws IOException {
    FileStatus status = original.status();
    if (status.isLink()) {
      Files.createSymbolicLink(file, Files.readSymbolicLink(original.path()));
      Ownership.change(file, status.uid(), status.gid());
      Ownership.setModified(file, status.modified());
      return;
    }
    if (status.isCharacterDevice()) {
      Devices.makeCharacterDevice(file, 0600, status.deviceMajor(), status.deviceMinor());
    } else if (status.isBlockDevice()) {
      Devices.makeBlockDevice(file, 0600, status.deviceMajor(), status.deviceMinor());
    } else if (status.isFifo()) {
      Devices.makeFifo(file, 0600);
    } else {
      Files.createFile(file);
      CloneFile.copy(original.path(), file);
    }
    Attributes.copy(original.path(), status, file);
  }
}
