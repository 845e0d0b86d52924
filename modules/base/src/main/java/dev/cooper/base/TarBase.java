package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A root file system that somebody else put into a tar, packed or not. What the programs in it run
 * on, their ELF headers tell.
 */
public final class TarBase {
  private static final int BUFFER = 1 << 16;

  private TarBase() {}

  /**
   * An image whose layer is the tar, byte for byte once it is unpacked.
   *
   * @param tar plain, or packed with gzip, bzip2, xz or zstd; a file or a pipe
   * @param platform what the programs in it run on; empty to look at them
   * @throws CooperException.NotFound when there is no such file
   * @throws CooperException.InvalidInput when it is a directory, empty, or an archive of images
   */
  public static BaseImage of(Path tar, Optional<Platform> platform) throws IOException {
    if (Files.isDirectory(tar)) {
      throw new CooperException.InvalidInput(
          tar + " is a directory", "cooper base from-dir " + ShellWords.join(List.of("" + tar)));
    }
    if (!Files.exists(tar)) {
      throw new CooperException.NotFound(tar + ": no such file");
    }
    if (!Files.isRegularFile(tar)) {
      return of(Files.newInputStream(tar), tar.toString(), platform);
    }
    TarLook look;
    try (InputStream in = open(tar)) {
      look = look(in, tar.toString());
    }
    String name = String.valueOf(tar.getFileName());
    Path folder = tar.toAbsolutePath().normalize().getParent();
    return image(
        "Imported from " + name,
        "# in " + ShellWords.oneLine(String.valueOf(folder)) + "\n",
        name,
        platform.or(look::platform).orElseGet(Platform::host),
        sink -> {
          try (InputStream in = open(tar)) {
            return adopt(in, tar.toString(), sink);
          } catch (NoSuchFileException e) {
            throw new CooperException.NotFound(tar + ": no such file", null, e);
          }
        });
  }

  /**
   * The same of a stream, which the image reads when it is written, once. Its first 64 MB,
   * unpacked, are looked through for a program, and kept in a temporary file meanwhile.
   *
   * @param name what it is called when it is no tar
   */
  public static BaseImage of(InputStream tar, String name, Optional<Platform> platform)
      throws IOException {
    BufferedInputStream plain;
    try {
      plain =
          new BufferedInputStream(
              Compression.decompressed(new BufferedInputStream(tar, BUFFER)), BUFFER);
    } catch (IOException e) {
      throw new CooperException.Failed(name + ": " + e.getMessage(), null, e);
    }
    SpooledStart start = SpooledStart.of(plain);
    TarLook look;
    InputStream whole;
    try {
      look = look(start, name);
      whole = start.again();
    } catch (IOException | RuntimeException e) {
      start.close();
      throw e;
    }
    return image(
        "Imported from " + name,
        "# " + ShellWords.oneLine(name) + ", kept as root.tar\n",
        "root.tar",
        platform.or(look::platform).orElseGet(Platform::host),
        sink -> adopt(whole, name, sink));
  }

  private static BaseImage image(
      String origin, String comment, String source, Platform platform, BaseImage.Content content) {
    return new BaseImage(
        platform,
        ContainerConfig.EMPTY,
        origin,
        comment + DockerfileText.scratch(platform) + DockerfileText.add(source),
        content);
  }

  private static InputStream open(Path tar) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(tar), BUFFER);
    try {
      return Compression.decompressed(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static TarLook look(InputStream plain, String name) throws IOException {
    try {
      return TarLook.at(plain, name);
    } catch (CooperException.Corrupt e) {
      throw new CooperException.Corrupt(name + ": " + e.getMessage(), null, e);
    }
  }

  private static Layer adopt(InputStream plain, String name, BlobSink sink) throws IOException {
    try {
      return LayerWriter.adopt(plain, sink);
    } catch (CooperException.Corrupt e) {
      throw new CooperException.Corrupt(name + ": " + e.getMessage(), null, e);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new CooperException.Failed(name + ": " + e.getMessage(), null, e);
    }
  }
}
