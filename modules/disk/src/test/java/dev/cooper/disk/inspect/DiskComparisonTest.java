package dev.cooper.disk.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.disk.DiskOptions;
import dev.cooper.disk.TarImage;
import dev.cooper.disk.Tool;
import dev.cooper.disk.TreeListing;
import dev.cooper.disk.boot.KernelChoice;
import dev.cooper.disk.format.Compression;
import dev.cooper.disk.format.Format;
import dev.cooper.disk.inspect.DiskComparison.Difference;
import dev.cooper.disk.partition.FoundPartition;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks into disks that were written here, and by mke2fs. */
class DiskComparisonTest {
  @TempDir Path folder;

  @Test
  void disksOfOneImageAreEqualInEveryFormat() throws IOException {
    Path raw = write("one", Format.RAW, Compression.NONE, "hello");
    for (Format format : List.of(Format.QCOW2, Format.VMDK, Format.VHDX)) {
      for (Compression compression : Compression.values()) {
        if (format.canHold(compression)) {
          Path other = write("other-" + format + compression, format, compression, "hello");
          assertThat(differences(raw, other)).isEmpty();
        }
      }
    }
    try (Disk disk = Disk.open(raw)) {
      assertThat(disk.table().orElseThrow().scheme()).isEqualTo(Scheme.GPT);
      assertThat(disk.table().orElseThrow().partitions())
          .extracting(FoundPartition::type)
          .containsExactly("Linux root (x86-64)", "BIOS boot", "EFI system");
      FileSystem efi = disk.volumes().getLast().fileSystem().orElseThrow();
      assertThat(efi.type()).isEqualTo("vfat");
      assertThat(efi.used()).isLessThan(efi.size());
      assertThat(TreeListing.of(efi.read()).keySet())
          .containsExactly(
              "EFI", "EFI/BOOT", "EFI/BOOT/BOOTX64.EFI", "EFI/debian", "EFI/debian/grub.cfg");
    }
  }

  @Test
  void tellsWhatDiffers() throws IOException {
    Path one = write("one", Format.RAW, Compression.NONE, "hello");
    Path other = write("other", Format.RAW, Compression.NONE, "hellO world");
    assertThat(differences(one, other))
        .contains(new Difference(1, "/etc/greeting", "size", "5", "11"))
        .allMatch(
            difference -> difference.path().equals("/etc/greeting") || isIdentity(difference));
    Path same = write("same", Format.RAW, Compression.NONE, "hallo");
    assertThat(differences(one, same))
        .contains(
            new Difference(
                1, "/etc/greeting", "contents", "differ from byte 1", "differ from byte 1"));
  }

  /** The identities of a disk follow from its image's. */
  private static boolean isIdentity(Difference difference) {
    return difference.what().contains("id")
        || difference.path().equals("/etc/fstab")
        || difference.path().endsWith("grub.cfg");
  }

  @Test
  void tellsOfModesOwnersAndLinks() throws IOException {
    Path one = write("one", Format.RAW, Compression.NONE, "hello");
    Path other = Files.copy(one, folder.resolve("other"));
    String offset;
    try (Disk disk = Disk.open(one)) {
      offset = "?offset=" + disk.table().orElseThrow().partitions().getFirst().start();
    }
    for (String change :
        List.of(
            "set_inode_field /etc/greeting mode 0100600",
            "set_inode_field /etc/greeting uid 7",
            "unlink /bin/link",
            "symlink /bin/link /elsewhere",
            "mkdir /new")) {
      Tool.succeed("debugfs", "-w", "-R", change, other + offset);
    }
    assertThat(differences(one, other))
        .contains(
            new Difference(1, "/etc/greeting", "mode", "0644", "0600"),
            new Difference(1, "/etc/greeting", "owner", "0:0", "7:0"),
            new Difference(1, "/bin/link", "target", "/bin/sh", "/elsewhere"),
            new Difference(1, "/new", "presence", "", "directory"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-t ext2 -b 1024", "-t ext3 -b 2048", "-t ext4 -b 4096", "-t ext4 -O ^64bit"})
  void readsWhatMke2fsWrites(String options) throws IOException {
    Path source = Files.createDirectories(folder.resolve("source/a/b"));
    Files.write(source.resolve("large"), new byte[3_000_001], StandardOpenOption.CREATE);
    Files.writeString(source.resolve("text"), "text".repeat(5000));
    Files.createLink(folder.resolve("source/linked"), source.resolve("text"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("x".repeat(100)));
    for (int i = 0; i < 500; i++) {
      Files.writeString(source.resolve("one-of-many-" + i), "");
    }
    Path image = folder.resolve("image");
    String command = "mke2fs -q " + options + " -d " + folder.resolve("source") + " " + image;
    Tool.succeed((command + " 40M").split(" "));
    try (Disk disk = Disk.open(image)) {
      FileSystem system = disk.volumes().getFirst().fileSystem().orElseThrow();
      assertThat(system.type()).isEqualTo(options.substring(3, 7));
      var found = TreeListing.of(system.read());
      found.remove("lost+found");
      // mke2fs does not keep fractions of seconds.
      var expected = TreeListing.of(folder.resolve("source"));
      expected.replaceAll((path, line) -> line.replaceFirst("\\.[0-9]+Z", "Z"));
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void noiseIsNoDisk() throws IOException {
    Path noise = folder.resolve("noise");
    byte[] bytes = new byte[100_000];
    new Random(2).nextBytes(bytes);
    Files.write(noise, bytes);
    try (Disk disk = Disk.open(noise)) {
      assertThat(disk.volumes()).isEmpty();
      assertThat(disk.table()).isEmpty();
    }
    assertThatThrownBy(() -> Disk.open(folder)).isInstanceOf(CooperException.InvalidInput.class);
  }

  @Test
  void damagedFileSystemsEndInAnError() throws IOException {
    Path file = write("one", Format.RAW, Compression.NONE, "hello");
    long start;
    try (Disk disk = Disk.open(file)) {
      start = disk.table().orElseThrow().partitions().getFirst().start() + 1024;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer whole = ByteBuffer.allocate(3 << 20);
      channel.read(whole, start);
      Random random = new Random(1);
      for (int round = 0; round < 40; round++) {
        byte[] damaged = whole.array().clone();
        for (int i = 0; i < 2000; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        channel.write(ByteBuffer.wrap(damaged), start);
        try (Disk disk = Disk.open(file)) {
          for (Disk.Volume volume : disk.volumes()) {
            if (volume.fileSystem().isPresent()) {
              assertThat(volume.fileSystem().get().read()).isNotNull();
            }
          }
        } catch (CooperException e) {
          assertThat(e.getMessage()).isNotEmpty();
        }
      }
    }
  }

  private List<Difference> differences(Path one, Path other) throws IOException {
    List<Difference> found = new ArrayList<>();
    try (Disk left = Disk.open(one);
        Disk right = Disk.open(other)) {
      DiskComparison.compare(left, right, found::add);
    }
    return found;
  }

  private Path write(String name, Format format, Compression compression, String greeting)
      throws IOException {
    Path kernel = Files.writeString(folder.resolve("kernel"), "not really a kernel");
    Path file = folder.resolve(name);
    Path tar = folder.resolve("image-" + greeting.hashCode() + ".tar");
    try (TarImage image = image(tar, greeting)) {
      DiskOptions options =
          DiskOptions.of(image.id(), folder.resolve("cache"))
              .withKernel(new KernelChoice.OfFile(kernel))
              .withFormat(format)
              .withCompression(compression);
      image.write(options, file);
    }
    return file;
  }

  private static TarImage image(Path tar, String greeting) throws IOException {
    try (dev.cooper.disk.Layer layer = new dev.cooper.disk.Layer(tar)) {
      layer.file("bin/sh", "shell");
      layer.add(dev.cooper.image.layer.TarEntry.symlink("bin/link", "/bin/sh"));
      layer.file("etc/greeting", greeting);
      layer.file("sbin/init", "init");
    }
    return TarImage.of(ContainerConfig.EMPTY, tar);
  }
}
