package dev.cooper.store;

import dev.cooper.linux.Devices;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How an overlay mount says that something of the layers below is gone (Linux,
 * Documentation/filesystems/overlayfs.rst "whiteouts and opaque directories").
 */
final class OverlayMarks {
  private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

  private final String opaque;

  private OverlayMarks(String opaque) {
    this.opaque = opaque;
  }

  /**
   * The marks for mounts by this process: in a user namespace of its own an overlay is mounted with
   * {@code userxattr}, and keeps its attributes in the users' name space.
   */
  static OverlayMarks forThisProcess() {
    return new OverlayMarks(
        isInitialUserNamespace() ? "trusted.overlay.opaque" : "user.overlay.opaque");
  }

  private static boolean isInitialUserNamespace() {
    try {
      String[] map = Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+");
      return map.length == 3
          && map[0].equals("0")
          && map[1].equals("0")
          && map[2].equals("4294967295");
    } catch (IOException e) {
      return true;
    }
  }

  void whiteOut(Path path) throws IOException {
    Devices.makeCharacterDevice(path, 0, 0, 0);
  }

  void makeOpaque(Path directory) throws IOException {
    Xattrs.set(directory, opaque, YES);
  }

  boolean isOpaque(Path directory) throws IOException {
    return Xattrs.get(directory, opaque).isPresent();
  }

  static boolean isWhiteout(FileStatus status) {
    return status.isCharacterDevice() && status.deviceMajor() == 0 && status.deviceMinor() == 0;
  }

  /** Whether an attribute is an overlay's own, which no layer may bring along. */
  static boolean isOverlayAttribute(String name) {
    return name.startsWith("trusted.overlay.") || name.startsWith("user.overlay.");
  }
}
