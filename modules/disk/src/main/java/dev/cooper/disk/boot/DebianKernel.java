package dev.cooper.disk.boot;

import dev.cooper.disk.Progress;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian's kernel for virtual machines, out of its package, with an initramfs of our own.
 *
 * <p>The package is downloaded once by {@code apt-get download}, which needs no root; what a disk
 * needs of it is kept in the cache.
 *
 * @param version as in {@code 6.1.0-56-cloud-amd64}
 * @param image the kernel
 * @param initramfs what it begins with
 */
public record DebianKernel(String version, Path image, Path initramfs) {
  private static final String PACKAGE = "linux-image-cloud-amd64";
  private static final Pattern DEPENDS =
      Pattern.compile("^Depends:.*?\\b(linux-image-[0-9][^ ,]*)", Pattern.MULTILINE);
  private static final String HINT = "apt-get update, or give a kernel with --kernel FILE";

  /**
   * The kernel from the cache; what is missing there is downloaded and unpacked first.
   *
   * @param cache a folder; made when it is not there. Several processes may use it at once
   * @throws CooperException.Failed when it cannot be downloaded
   */
  public static DebianKernel in(Path cache, Progress progress) throws IOException {
    Files.createDirectories(cache);
    Path kernels = cache.resolve("debian-kernel");
    Optional<Path> there = newest(kernels);
    Path folder = there.isPresent() ? there.get() : download(cache, kernels, progress);
    String version = String.valueOf(folder.getFileName());
    byte[] busybox = Busybox.bytes();
    String recipe = Initramfs.RECIPE + ModuleSet.WANTED + Digest.sha256(busybox);
    Path initramfs =
        folder.resolve("initramfs-" + Digest.sha256(utf8(recipe)).hex().substring(0, 16));
    if (!Files.exists(initramfs)) {
      byte[] bytes = Initramfs.of(ModuleSet.closure(new Folder(folder)), busybox);
      Path part = Files.createTempFile(folder, "initramfs-", ".part");
      Files.write(part, bytes);
      Grub.move(part, initramfs);
    }
    return new DebianKernel(version, folder.resolve("vmlinuz"), initramfs);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Optional<Path> newest(Path kernels) throws IOException {
    if (!Files.isDirectory(kernels)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(kernels)) {
      return versions.max(Comparator.naturalOrder());
    }
  }

  private static Path download(Path cache, Path kernels, Progress progress) throws IOException {
    progress.at("downloading Debian's cloud kernel", 0, 0);
    Path work = Files.createTempDirectory(cache, "kernel-");
    try {
      String about = HostCommand.run(List.of("apt-cache", "show", PACKAGE), HINT);
      Matcher depends = DEPENDS.matcher(about);
      if (!depends.find()) {
        throw new CooperException.Failed("apt knows no " + PACKAGE, HINT);
      }
      HostCommand.run(List.of("apt-get", "download", depends.group(1)), HINT, work);
      progress.at("unpacking Debian's cloud kernel", 0, 0);
      Path unpacked = Files.createDirectory(work.resolve("unpacked"));
      String version = unpack(onlyPackage(work), unpacked);
      keepOnly(ModuleSet.closure(new Folder(unpacked)), unpacked);
      Files.createDirectories(kernels);
      Path place = kernels.resolve(version);
      if (!Files.exists(place)) {
        Grub.move(unpacked, place);
      }
      return place;
    } finally {
      delete(work);
    }
  }

  private static Path onlyPackage(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".deb"))
          .findFirst()
          .orElseThrow(() -> new CooperException.Failed("apt-get downloaded nothing", HINT));
    }
  }

  /** Takes the kernel and its modules out of the package, and returns the version. */
  private static String unpack(Path archive, Path folder) throws IOException {
    String version = "";
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
      ArArchive.seek(in, "data.tar");
      try (TarReader tar = new TarReader(Compression.decompressed(in))) {
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
          String name = entry.name();
          if (entry.isFile() && name.startsWith("vmlinuz-")) {
            version = name.substring("vmlinuz-".length());
            Files.copy(tar.content(), folder.resolve("vmlinuz"));
          } else if (entry.isFile() && name.endsWith(".ko")) {
            Files.copy(tar.content(), folder.resolve(KernelModule.nameOf(name) + ".ko"));
          }
        }
      }
    }
    if (version.isEmpty()) {
      throw new CooperException.Corrupt(archive.getFileName() + " holds no kernel");
    }
    return version;
  }

  private static void keepOnly(List<KernelModule> modules, Path folder) throws IOException {
    List<String> names = modules.stream().map(module -> module.name() + ".ko").toList();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".ko") && !names.contains(name)) {
          Files.delete(file);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Modules lying in one folder, each under its own name. */
  private record Folder(Path folder) implements ModuleSet.Source {
    @Override
    public Map<String, String> files() throws IOException {
      Map<String, String> files = new TreeMap<>();
      try (Stream<Path> list = Files.list(folder)) {
        for (Path file : list.toList()) {
          String name = String.valueOf(file.getFileName());
          if (name.endsWith(".ko")) {
            files.put(KernelModule.nameOf(name), name);
          }
        }
      }
      return files;
    }

    @Override
    public byte[] read(String file) throws IOException {
      return Files.readAllBytes(folder.resolve(file));
    }
  }
}
