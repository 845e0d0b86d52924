package dev.cooper.base;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.LayerWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A root file system that somebody else put into a tar, packed or not. */
public final class TarBase {
  private TarBase() {}

  /**
   * An image whose layer is the tar, byte for byte once it is unpacked.
   *
   * @param tar plain, or packed with gzip, bzip2, xz or zstd
   * @param platform what the programs in it run on
   * @throws CooperException.NotFound when there is no such file
   */
  public static BaseImage of(Path tar, Platform platform) {
    if (!Files.isRegularFile(tar)) {
      throw new CooperException.NotFound(tar + ": no such file");
    }
    return new BaseImage(
        platform,
        ContainerConfig.EMPTY,
        "Imported from " + tar.getFileName(),
        "FROM scratch\nADD " + tar.getFileName() + " /\n",
        sink -> {
          try (InputStream in = new BufferedInputStream(Files.newInputStream(tar), 1 << 16);
              InputStream plain = Compression.decompressed(in)) {
            return LayerWriter.adopt(plain, sink);
          } catch (NoSuchFileException e) {
            throw new CooperException.NotFound(tar + ": no such file", null, e);
          } catch (CooperException.Corrupt e) {
            throw new CooperException.Corrupt(tar + ": " + e.getMessage(), null, e);
          } catch (IOException e) {
            throw new CooperException.Failed(tar + ": " + e.getMessage(), null, e);
          }
        });
  }
}
