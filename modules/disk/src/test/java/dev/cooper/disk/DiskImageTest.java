package dev.cooper.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cooper.disk.boot.DebianKernel;
import dev.cooper.disk.guest.GuestOptions;
import dev.cooper.disk.inspect.Disk;
import dev.cooper.disk.machine.DirectKernel;
import dev.cooper.disk.machine.Machine;
import dev.cooper.disk.machine.MachineOptions;
import dev.cooper.disk.partition.FoundPartition;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskImageTest {
  private static final ContainerConfig SHELL = ContainerConfig.EMPTY.withCmd(List.of("/bin/sh"));

  private static final long MORE = 200 << 20;

  @TempDir Path folder;

  @Test
  void imageWithoutInitRunsItsCommandUnderBios() throws IOException {
    Tool.require("qemu-system-x86_64");
    ContainerConfig config =
        ContainerConfig.EMPTY
            .withCmd(List.of("sh", "-c", "echo \"I am $(id -u) in $PWD: $GREETING\"; exit 7"))
            .withEnv(List.of("GREETING=it's me"))
            .withUser("1000:1000")
            .withWorkingDir("/tmp");
    Path disk = folder.resolve("disk");
    try (TarImage image = Minios.busybox(folder, config, "bin/sh", "bin/id")) {
      image.write(Minios.options(image).withGuest(new GuestOptions("tiny", "", "")), disk);
    }
    Machine.Outcome outcome = boot(disk, Firmware.BIOS, "The command ended with exit status");
    assertThat(outcome.reached()).as(outcome.toString()).isPresent();
    assertThat(outcome.lastLines()).contains("tiny is up", "I am 1000 in /tmp: it's me");
  }

  @Test
  void busyboxIsInitUnderUefi() throws IOException {
    Tool.require("qemu-system-x86_64");
    Path disk = folder.resolve("disk");
    try (TarImage image = Minios.busybox(folder, SHELL, "bin/sh", "sbin/init")) {
      image.write(Minios.options(image).withGuest(new GuestOptions("tiny", "", "")), disk);
    }
    Machine.Outcome outcome = boot(disk, Firmware.UEFI, "tiny is up");
    assertThat(outcome.reached()).as(outcome.toString()).isPresent();
  }

  @Test
  void kernelIsStartedAtOnce() throws IOException {
    Tool.require("qemu-system-x86_64");
    Path disk = folder.resolve("disk");
    DirectKernel kernel;
    try (TarImage image = Minios.busybox(folder, SHELL, "bin/sh", "sbin/init")) {
      kernel =
          DiskImage.writeWithKernel(
              image.opened().tree(),
              image.opened().content(),
              image.opened().image().config(),
              Minios.options(image).withFirmware(Firmware.BIOS),
              disk,
              folder,
              Progress.NONE);
    }
    Machine.Outcome outcome =
        Machine.boot(
            options(disk, "cooper is up").withKernel(kernel), OutputStream.nullOutputStream());
    assertThat(outcome.reached()).as(outcome.toString()).isPresent();
    assertThat(outcome.lastLines()).noneMatch(line -> line.contains("Booting"));
  }

  /**
   * A guest that gets a newer kernel and a larger disk starts that kernel, grows its file system
   * into the disk, fills it, and leaves it clean.
   */
  @Test
  void upgradedGuestGrowsAndFillsItsDisk() throws IOException {
    Tool.require("qemu-system-x86_64");
    Tool.require("sfdisk");
    DebianKernel kernel = Minios.kernel();
    String work =
        "cat /proc/cmdline; for i in $(busybox seq 300); do busybox mkdir /d$i; echo $i >/d$i/f; "
            + "busybox ln -s f /d$i/l; done; busybox dd if=/dev/zero of=/fill bs=1048576; "
            + "busybox rm -r /fill /d1*; echo all done";
    ContainerConfig config =
        ContainerConfig.EMPTY.withCmd(List.of("sh", "-c", work)).withEnv(List.of("PATH=/bin"));
    Path disk = folder.resolve("disk");
    Path system = folder.resolve("system.tar");
    try (Layer layer = new Layer(system)) {
      layer.add(
          TarEntry.file("bin/busybox", 0).withMode(0755),
          Files.readAllBytes(Path.of("/bin/busybox")));
      layer.add(TarEntry.symlink("bin/sh", "busybox"));
      layer.program("/usr/sbin/sfdisk").program("/usr/bin/partx").program("/usr/sbin/resize2fs");
      layer.add(TarEntry.file("boot/vmlinuz-1.9", 0), Files.readAllBytes(kernel.image()));
      layer.add(TarEntry.file("boot/initrd.img-1.9", 0), Files.readAllBytes(kernel.initramfs()));
    }
    try (TarImage image = TarImage.of(config, system)) {
      image.write(DiskOptions.of(image.id(), folder.resolve("cache")), disk);
    }
    String root;
    long grown;
    try (Disk read = Disk.open(disk)) {
      FoundPartition partition = read.table().orElseThrow().partitions().getFirst();
      root = disk + "?offset=" + partition.start();
      grown = partition.size() + MORE;
      enlarge(disk, read.size() + MORE);
    }
    Path upgrade = folder.resolve("upgrade");
    Files.writeString(
        upgrade,
        "cd /boot\nwrite %s vmlinuz-1.10\nwrite %s initrd.img-1.10\n"
            .formatted(kernel.image(), kernel.initramfs()));
    Tool.succeed("debugfs", "-w", "-f", upgrade.toString(), root);
    Machine.Outcome outcome =
        Machine.boot(
            options(disk, "The command ended with exit status").withSnapshot(false),
            OutputStream.nullOutputStream());
    assertThat(outcome.reached()).as(outcome.toString()).isPresent();
    assertThat(outcome.lastLines())
        .anyMatch(line -> line.contains("BOOT_IMAGE=/boot/vmlinuz-1.10 "))
        .anyMatch(line -> line.startsWith("The root file system has grown to "))
        .anyMatch(line -> line.contains("No space left"))
        .contains("all done");
    Tool.Result check = Tool.run("e2fsck", "-fn", root);
    assertThat(check.status()).as(check.output()).isZero();
    try (Disk read = Disk.open(disk)) {
      Disk.Volume volume = read.volumes().getFirst();
      assertThat(volume.partition().orElseThrow().size()).isGreaterThan(grown - (2 << 20));
      assertThat(volume.fileSystem().orElseThrow().size()).isGreaterThan(grown - (2 << 20));
    }
    assertThat(Tool.run("sfdisk", "--verify", disk.toString()).output())
        .contains("No errors detected");
  }

  private static void enlarge(Path disk, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(size);
    }
  }

  @Test
  void mbrDiskBootsUnderBios() throws IOException {
    Tool.require("qemu-system-x86_64");
    Path disk = folder.resolve("disk");
    try (TarImage image = Minios.busybox(folder, SHELL, "bin/sh", "sbin/init")) {
      image.write(
          Minios.options(image)
              .withTable(Scheme.MBR)
              .withFirmware(Firmware.BIOS)
              .withFileSystem(dev.cooper.disk.ext4.Generation.EXT3)
              .withSwap(8 << 20)
              .withSize(200 << 20),
          disk);
    }
    assertThat(Files.size(disk)).isEqualTo(200 << 20);
    Machine.Outcome outcome = boot(disk, Firmware.BIOS, "cooper is up");
    assertThat(outcome.reached()).as(outcome.toString()).isPresent();
  }

  @Test
  void equalImagesGiveEqualBytes() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    for (Path disk : List.of(one, two)) {
      try (TarImage image = Minios.busybox(folder, SHELL, "bin/sh", "sbin/init")) {
        image.write(Minios.options(image), disk);
      }
    }
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
    assertThat(Tool.run("sfdisk", "--verify", one.toString()).output())
        .contains("No errors detected");
  }

  @Test
  void imageWithoutKernelIsRefused() throws IOException {
    try (TarImage image = Minios.busybox(folder, SHELL, "bin/sh", "sbin/init")) {
      assertRefused(image, DiskOptions.of(image.id(), folder.resolve("cache")), "has no kernel");
    }
  }

  @Test
  void imageWithNothingToRunIsRefused() throws IOException {
    try (TarImage image = Minios.busybox(folder, ContainerConfig.EMPTY)) {
      assertRefused(image, Minios.options(image), "nothing to run");
    }
    ContainerConfig absent = ContainerConfig.EMPTY.withEntrypoint(List.of("/usr/bin/absent"));
    try (TarImage image = Minios.busybox(folder, absent)) {
      assertRefused(image, Minios.options(image), "/usr/bin/absent is not in it");
    }
  }

  @Test
  void sizeThatIsTooSmallIsRefused() throws IOException {
    try (TarImage image = Minios.busybox(folder, SHELL, "bin/sh", "sbin/init")) {
      assertRefused(image, Minios.options(image).withSize(20 << 20), "too small: its other");
      assertRefused(image, Minios.options(image).withSize(50 << 20), "too small for the files");
      // What the hint says must be enough, and little less is not.
      Path disk = folder.resolve("disk");
      CooperException refused =
          catchThrowableOfType(
              CooperException.class,
              () -> image.write(Minios.options(image).withSize(50 << 20), disk));
      String hint = refused.hint().orElseThrow();
      long least = Long.parseLong(hint.replaceAll("^--size ([0-9]+)M.*", "$1")) << 20;
      assertRefused(image, Minios.options(image).withSize(least - (2 << 20)), "too small");
      image.write(Minios.options(image).withSize(least), disk);
      assertThat(Files.size(disk)).isEqualTo(least);
    }
  }

  @Test
  void longNamesAndPathsAreRefused() throws IOException {
    Path tar = folder.resolve("long.tar");
    try (Layer layer = new Layer(tar)) {
      layer.add(TarEntry.file("a/" + "n".repeat(256), 0));
    }
    try (TarImage image = TarImage.of(SHELL, tar)) {
      assertRefused(image, DiskOptions.of(image.id(), folder.resolve("cache")), "256 bytes");
    }
    Path deep = folder.resolve("deep.tar");
    try (Layer layer = new Layer(deep)) {
      layer.add(TarEntry.file("d/".repeat(2046) + "file", 0));
    }
    try (TarImage image = TarImage.of(SHELL, deep)) {
      assertRefused(image, DiskOptions.of(image.id(), folder.resolve("cache")), "the path has");
    }
  }

  @Test
  void imageForAnotherMachineIsRefused() throws IOException {
    Path tar = folder.resolve("arm.tar");
    try (Layer layer = new Layer(tar)) {
      layer.file("boot/vmlinuz-1", "a kernel");
    }
    try (TarImage image = TarImage.of("linux/arm64", SHELL, tar)) {
      DiskOptions options = DiskOptions.of(image.id(), folder.resolve("cache"));
      assertRefused(image, options, "the image is for arm64; disks can be made for amd64");
    }
  }

  @Test
  void fullDiskLeavesNothingBehind() throws IOException {
    Tool.requireRoot();
    Path small = Files.createDirectory(folder.resolve("small"));
    Tool.succeed("mount", "-t", "tmpfs", "-o", "size=8m", "none", small.toString());
    try (TarImage image = Minios.busybox(folder, SHELL, "bin/sh", "sbin/init")) {
      Path disk = small.resolve("disk");
      assertThatThrownBy(() -> image.write(Minios.options(image), disk))
          .isInstanceOf(CooperException.Failed.class)
          .hasMessageContaining("no space left");
      try (Stream<Path> left = Files.list(small)) {
        assertThat(left).isEmpty();
      }
    } finally {
      Tool.succeed("umount", small.toString());
    }
  }

  private void assertRefused(TarImage image, DiskOptions options, String why) {
    Path disk = folder.resolve("refused");
    assertThatThrownBy(() -> image.write(options, disk))
        .isInstanceOf(CooperException.class)
        .hasMessageContaining(why);
    assertThat(disk).doesNotExist();
  }

  private static Machine.Outcome boot(Path disk, Firmware firmware, String marker)
      throws IOException {
    return Machine.boot(
        options(disk, marker).withFirmware(firmware), OutputStream.nullOutputStream());
  }

  private static MachineOptions options(Path disk, String marker) {
    return MachineOptions.of(disk, "raw")
        .withMemory(256)
        .withSnapshot(true)
        .withCheck(marker)
        .withTimeout(Duration.ofMinutes(10));
  }
}
