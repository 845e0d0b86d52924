package dev.cooper.disk;

import dev.cooper.disk.boot.KernelChoice;
import dev.cooper.disk.machine.Machine;
import dev.cooper.disk.machine.MachineOptions;
import dev.cooper.image.ContainerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

public final class Trial {
  public static void main(String[] args) throws Exception {
    long t = System.nanoTime();
    if (args[0].equals("write")) {
      ContainerConfig config =
          ContainerConfig.EMPTY.withCmd(
              args[4].isEmpty() ? List.of() : List.of(args[4].split(" ")));
      try (TarImage image = TarImage.of(config, Path.of(args[1]))) {
        System.err.printf("open %d ms%n", (System.nanoTime() - t) / 1000000);
        image.write(
            DiskOptions.of(image.id(), Path.of("/work/tmp/disk/cache"))
                .withKernel(KernelChoice.parse(args[3])),
            Path.of(args[2]));
      }
    } else {
      Machine.Outcome outcome =
          Machine.boot(
              MachineOptions.of(Path.of(args[1]), "raw")
                  .withFirmware(Firmware.valueOf(args[2]))
                  .withSnapshot(true)
                  .withTimeout(Duration.ofSeconds(60))
                  .withCheck(args[3]),
              System.out);
      System.err.println(outcome);
    }
    System.err.printf("total %d ms%n", (System.nanoTime() - t) / 1000000);
  }
}
