package dev.cooper.disk.machine;

import dev.cooper.disk.Firmware;
import dev.cooper.image.CooperException;
import dev.cooper.linux.DelayedExit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Boots a disk in QEMU. */
public final class Machine {
  private static final String HINT = "apt-get install qemu-system-x86 ovmf";
  private static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
  private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");

  /** The exit values of programs that a signal ended begin here. */
  private static final int KILLED = 128;

  private Machine() {}

  /**
   * How a machine ended.
   *
   * @param reached how long after its start the text appeared that was looked for; empty when it
   *     did not, or none was
   * @param status what the machine's own last line says about how its command ended
   * @param lastLines of the console, at most 20
   */
  public record Outcome(Optional<Duration> reached, OptionalInt status, List<String> lastLines) {}

  /**
   * Boots a disk, and returns when the machine has switched off, or, with a text to look for, when
   * it has appeared or the time is over; the machine is then stopped.
   *
   * @param console gets all that the machine's serial port says. Without a text to look for, this
   *     process's standard input is the serial port's other half; control-A and X stop the machine
   * @throws CooperException.NotFound when the disk, QEMU or its firmware is not there
   * @throws CooperException.Failed when QEMU does not start the machine
   */
  public static Outcome boot(MachineOptions options, OutputStream console) throws IOException {
    if (!Files.isReadable(options.disk())) {
      throw new CooperException.NotFound(options.disk() + ": no such disk");
    }
    try (DelayedExit _ = DelayedExit.interruptingThisThread()) {
      return start(options, console);
    }
  }

  private static Outcome start(MachineOptions options, OutputStream console) throws IOException {
    Optional<Path> variables = Optional.empty();
    try {
      if (options.firmware() == Firmware.UEFI) {
        variables = Optional.of(copyOfVariables());
      }
      return run(options, command(options, variables), console);
    } finally {
      if (variables.isPresent()) {
        Files.deleteIfExists(variables.get());
      }
    }
  }

  private static Path copyOfVariables() throws IOException {
    if (!Files.isReadable(FIRMWARE) || !Files.isReadable(VARIABLES)) {
      throw new CooperException.NotFound("the firmware " + FIRMWARE + " is not installed", HINT);
    }
    Path copy = Files.createTempFile("cooper-uefi-", ".fd");
    Files.write(copy, Files.readAllBytes(VARIABLES));
    return copy;
  }

  private static List<String> command(MachineOptions options, Optional<Path> variables) {
    List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-nodefaults"));
    command.addAll(List.of("-display", "none", "-no-reboot"));
    command.addAll(List.of("-machine", options.kvm() ? "pc,accel=kvm" : "pc,accel=tcg"));
    command.addAll(List.of("-cpu", "max"));
    command.addAll(List.of("-m", options.memory() + "M"));
    command.addAll(List.of("-smp", String.valueOf(options.cpus())));
    String file = options.disk().toAbsolutePath().toString().replace(",", ",,");
    command.addAll(List.of("-drive", "if=virtio,format=" + options.format() + ",file=" + file));
    if (options.snapshot()) {
      command.add("-snapshot");
    }
    StringBuilder network = new StringBuilder("user,id=net");
    options.ports().forEach(port -> network.append(',').append(port.forQemu()));
    command.addAll(List.of("-netdev", network.toString()));
    command.addAll(List.of("-device", "virtio-net-pci,netdev=net,romfile="));
    command.addAll(List.of("-device", "virtio-rng-pci"));
    command.addAll(List.of("-serial", options.check().isEmpty() ? "mon:stdio" : "stdio"));
    DirectKernel kernel = options.kernel();
    if (kernel != null) {
      command.addAll(List.of("-kernel", kernel.image().toString()));
      kernel
          .initramfs()
          .ifPresent(initramfs -> command.addAll(List.of("-initrd", initramfs.toString())));
      command.addAll(List.of("-append", kernel.commandLine()));
    }
    if (variables.isPresent()) {
      // GRUB for UEFI complains when there is no screen at all.
      command.addAll(List.of("-device", "VGA"));
      command.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + FIRMWARE));
      command.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables.get()));
    }
    return command;
  }

  private static Outcome run(MachineOptions options, List<String> command, OutputStream console)
      throws IOException {
    boolean checks = !options.check().isEmpty();
    ProcessBuilder builder = new ProcessBuilder(command);
    if (!checks) {
      builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }
    Instant start = Instant.now();
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CooperException.NotFound(command.getFirst() + " is not installed", HINT, e);
    }
    ConsoleWatch watch = new ConsoleWatch(options.check());
    CompletableFuture<Boolean> appeared = new CompletableFuture<>();
    CompletableFuture<String> complaint =
        CompletableFuture.supplyAsync(
            () -> lastLine(process.getErrorStream()), Thread.ofVirtual()::start);
    Thread reader =
        Thread.ofVirtual().start(() -> watch.copy(process.getInputStream(), console, appeared));
    try {
      Optional<Duration> reached = Optional.empty();
      if (checks) {
        boolean seen = await(appeared, options.timeout());
        reached = seen ? Optional.of(Duration.between(start, Instant.now())) : Optional.empty();
        stop(process);
      } else {
        process.waitFor();
      }
      reader.join();
      // QEMU ends with 0 when the machine switches off and when a signal stops it.
      if (process.exitValue() > 0 && process.exitValue() < KILLED) {
        throw new CooperException.Failed(
            "QEMU ended with status " + process.exitValue() + ": " + complaint.join());
      }
      return new Outcome(reached, watch.status(), watch.lastLines());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CooperException.Failed("the machine was interrupted", null, e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String lastLine(InputStream errors) {
    try {
      String text = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
      return text.strip().lines().reduce("", (before, line) -> line);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static boolean await(CompletableFuture<Boolean> appeared, Duration timeout)
      throws InterruptedException {
    try {
      return appeared.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
