package dev.cooper.cli.system;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.Version;
import dev.cooper.cli.format.JsonText;
import dev.cooper.cli.format.Template;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cooper info}. */
@Usage(
    name = "info",
    synopsis = "cooper info [OPTIONS]",
    description = "Display system-wide information")
public final class InfoCommand implements Command {
  private static final long GIBIBYTE = 1L << 30;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "string",
      description = "Format output using a Go template, or 'json'")
  @Nullable String format;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    Map<String, Object> facts;
    try (Cooper cooper = Cooper.open(invocation.root())) {
      facts = facts(cooper);
    }
    PrintStream out = invocation.console().out();
    if (format == null) {
      print(facts, out);
    } else if (format.equals("json")) {
      out.println(JsonText.compact(facts));
    } else {
      out.println(Template.parse(format).render(facts));
    }
    return 0;
  }

  /** By the names of Docker's API. */
  private static Map<String, Object> facts(Cooper cooper) throws IOException {
    int running = 0;
    int paused = 0;
    List<Containers.Status> containers = cooper.containers().list();
    for (Containers.Status status : containers) {
      paused += status.state().paused() ? 1 : 0;
      running += status.state().running() && !status.state().paused() ? 1 : 0;
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Containers", containers.size());
    facts.put("ContainersRunning", running);
    facts.put("ContainersPaused", paused);
    facts.put("ContainersStopped", containers.size() - running - paused);
    facts.put("Images", cooper.images().list().size());
    facts.put("ServerVersion", Version.NUMBER);
    facts.put("Driver", "overlay");
    facts.put("LoggingDriver", "k8s-file");
    facts.put("CgroupDriver", "cgroupfs");
    facts.put(
        "CgroupVersion", Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? "2" : "1");
    facts.put("SecurityOptions", List.of("name=seccomp,profile=builtin"));
    facts.put("KernelVersion", System.getProperty("os.version", ""));
    facts.put("OperatingSystem", operatingSystem());
    facts.put("OSType", "linux");
    facts.put("Architecture", System.getProperty("os.arch", ""));
    facts.put("NCPU", Runtime.getRuntime().availableProcessors());
    facts.put("MemTotal", memory());
    facts.put("Name", name());
    facts.put("DockerRootDir", cooper.root().toString());
    return facts;
  }

  private static void print(Map<String, Object> facts, PrintStream out) {
    out.println("Containers: " + facts.get("Containers"));
    out.println(" Running: " + facts.get("ContainersRunning"));
    out.println(" Paused: " + facts.get("ContainersPaused"));
    out.println(" Stopped: " + facts.get("ContainersStopped"));
    out.println("Images: " + facts.get("Images"));
    out.println("Cooper Version: " + facts.get("ServerVersion"));
    out.println("Storage Driver: " + facts.get("Driver"));
    out.println("Logging Driver: " + facts.get("LoggingDriver"));
    out.println("Cgroup Driver: " + facts.get("CgroupDriver"));
    out.println("Cgroup Version: " + facts.get("CgroupVersion"));
    out.println("Security Options:");
    out.println(" seccomp");
    out.println("  Profile: builtin");
    out.println("Kernel Version: " + facts.get("KernelVersion"));
    out.println("Operating System: " + facts.get("OperatingSystem"));
    out.println("OSType: " + facts.get("OSType"));
    out.println("Architecture: " + facts.get("Architecture"));
    out.println("CPUs: " + facts.get("NCPU"));
    long bytes = facts.get("MemTotal") instanceof Long total ? total : 0;
    long hundredths = bytes * 100 / GIBIBYTE;
    out.println(
        "Total Memory: "
            + hundredths / 100
            + "."
            + (hundredths / 10 % 10)
            + hundredths % 10
            + "GiB");
    out.println("Name: " + facts.get("Name"));
    out.println("Cooper Root Dir: " + facts.get("DockerRootDir"));
  }

  private static String operatingSystem() throws IOException {
    Path release = Path.of("/etc/os-release");
    if (Files.isReadable(release)) {
      for (String line : Files.readAllLines(release)) {
        if (line.startsWith("PRETTY_NAME=")) {
          return line.substring("PRETTY_NAME=".length()).replace("\"", "");
        }
      }
    }
    return System.getProperty("os.name", "");
  }

  private static long memory() throws IOException {
    Path file = Path.of("/proc/meminfo");
    if (Files.isReadable(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
    }
    return 0;
  }

  private static String name() throws IOException {
    Path file = Path.of("/proc/sys/kernel/hostname");
    return Files.isReadable(file) ? Files.readString(file).strip() : "";
  }
}
