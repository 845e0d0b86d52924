package dev.cooper.disk;

import dev.cooper.disk.boot.DebianKernel;
import dev.cooper.disk.boot.KernelChoice;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Small images to boot, and the kernel to boot them with. */
final class Minios {
  /** Kept between runs: a download of 25 MB. */
  private static final Path CACHE = Path.of("target", "disk-cache").toAbsolutePath();

  private Minios() {}

  /** Debian's; skips the test where it cannot be had. */
  static DebianKernel kernel() throws IOException {
    try {
      return DebianKernel.in(CACHE, Progress.NONE);
    } catch (CooperException e) {
      return Assumptions.abort("Debian's kernel cannot be had: " + e.getMessage());
    }
  }

  static DiskOptions options(TarImage image) throws IOException {
    kernel();
    return DiskOptions.of(image.id(), CACHE).withKernel(new KernelChoice.OfDebian());
  }

  /** Nothing but busybox under the name that each of its programs has. */
  static TarImage busybox(Path folder, ContainerConfig config, String... programs)
      throws IOException {
    Path tar = folder.resolve("busybox.tar");
    try (Layer layer = new Layer(tar)) {
      layer.add(
          TarEntry.file("bin/busybox", 0).withMode(0755),
          Files.readAllBytes(Path.of("/bin/busybox")));
      for (String program : programs) {
        layer.add(TarEntry.symlink(program, "/bin/busybox"));
      }
    }
    return TarImage.of(config, tar);
  }
}
