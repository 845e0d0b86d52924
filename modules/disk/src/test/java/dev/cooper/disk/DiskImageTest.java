package dev.cooper.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.disk.guest.GuestOptions;
import dev.cooper.disk.machine.Machine;
import dev.cooper.disk.machine.MachineOptions;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskImageTest {
  private static final ContainerConfig SHELL = ContainerConfig.EMPTY.withCmd(List.of("/bin/sh"));

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
      assertRefused(image, Minios.options(image).withSize(20 << 20), "too small");
      assertRefused(image, Minios.options(image).withSize(50 << 20), "too small");
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
        MachineOptions.of(disk, "raw")
            .withFirmware(firmware)
            .withMemory(256)
            .withSnapshot(true)
            .withCheck(marker)
            .withTimeout(Duration.ofMinutes(10)),
        OutputStream.nullOutputStream());
  }
}
