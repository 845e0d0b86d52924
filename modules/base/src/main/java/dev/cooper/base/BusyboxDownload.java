package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Debian's busybox-static for any processor. */
public final class BusyboxDownload {
  /** Debian's names of processors that images name otherwise. */
  private static final Map<String, String> DEBIAN_NAMES =
      Map.of(
          "386",
          "i386",
          "arm",
          "armhf",
          "ppc64le",
          "ppc64el",
          "mips64le",
          "mips64el",
          "mipsle",
          "mipsel");

  private BusyboxDownload() {}

  /**
   * Downloads the package; nothing is installed.
   *
   * @param architecture as images name it, or as Debian does
   * @param suite of Debian, such as {@code trixie}; empty for the sources that this machine has
   * @param folder an existing empty folder, for the package and what apt needs; the caller removes
   *     it
   * @return the package
   * @throws CooperException.NotFound when the suite has none for this processor, or there is no
   *     apt-get
   */
  public static Path of(String architecture, Optional<String> suite, Path folder)
      throws IOException {
    if (!architecture.matches("[a-z0-9][a-z0-9-]*")) {
      throw new CooperException.InvalidInput("not a processor's name: \"" + architecture + "\"");
    }
    String name = DEBIAN_NAMES.getOrDefault(architecture, architecture);
    return PrivateApt.binaries(name, suite, folder).download("busybox-static");
  }
}
