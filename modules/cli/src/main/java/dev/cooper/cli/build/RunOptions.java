package dev.cooper.cli.build;

import dev.cooper.builder.run.RunSettings;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.engine.Ulimit;
import dev.cooper.flags.Option;
import dev.cooper.image.CooperException;
import dev.cooper.runtime.ResourceLimit;
import dev.cooper.runtime.Resources;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code cooper build} is told about the containers of RUN. */
final class RunOptions {
  @Option(
      names = "--add-host",
      paramLabel = "list",
      description = "Add a custom host-to-IP mapping (\"host:ip\")")
  List<String> hosts = new ArrayList<>();

  @Option(names = "--ulimit", paramLabel = "ulimit", description = "Ulimit options")
  List<String> ulimits = new ArrayList<>();

  @Option(
      names = "--shm-size",
      paramLabel = "bytes",
      description = "Shared memory size for build containers")
  @Nullable String sharedMemory;

  @Option(
      names = {"-m", "--memory"},
      paramLabel = "bytes",
      description = "Memory limit for build containers")
  @Nullable String memory;

  @Option(
      names = "--memory-swap",
      paramLabel = "bytes",
      description = "Swap limit equal to memory plus swap: '-1' to enable unlimited swap")
  @Nullable String memorySwap;

  @Option(
      names = {"-c", "--cpu-shares"},
      description = "CPU shares (relative weight)")
  long shares;

  @Option(
      names = "--cpu-period",
      description = "Limit the CPU CFS (Completely Fair Scheduler) period")
  long period;

  @Option(
      names = "--cpu-quota",
      description = "Limit the CPU CFS (Completely Fair Scheduler) quota")
  long quota;

  @Option(
      names = "--cpuset-cpus",
      paramLabel = "string",
      description = "CPUs in which to allow execution (0-3, 0,1)")
  String cpus = "";

  @Option(
      names = "--cpuset-mems",
      paramLabel = "string",
      description = "MEMs in which to allow execution (0-3, 0,1)")
  String memoryNodes = "";

  @Option(
      names = "--cgroup-parent",
      paramLabel = "string",
      description = "Set the parent cgroup for the \"RUN\" instructions during build")
  @Nullable String cgroupParent;

  /** All that together. */
  RunSettings settings() {
    return new RunSettings(
        hosts(),
        limits(),
        sharedMemory == null
            ? RunSettings.STANDARD.sharedMemory()
            : size("--shm-size", sharedMemory),
        new Resources(
            memory == null ? 0 : size("-m, --memory", memory),
            swap(),
            0,
            shares,
            quota,
            period,
            cpus,
            memoryNodes,
            0),
        parent());
  }

  private long swap() {
    if (memorySwap == null) {
      return 0;
    }
    return memorySwap.equals("-1") ? -1 : size("--memory-swap", memorySwap);
  }

  private String parent() {
    if (cgroupParent == null || cgroupParent.isEmpty()) {
      return RunSettings.STANDARD.cgroupParent();
    }
    return cgroupParent.startsWith("/") ? cgroupParent : "/" + cgroupParent;
  }

  private List<RunSettings.Host> hosts() {
    List<RunSettings.Host> all = new ArrayList<>();
    for (String text : hosts) {
      int equals = text.indexOf('=');
      int at = equals >= 0 ? equals : text.indexOf(':');
      String name = at < 0 ? "" : text.substring(0, at);
      String address = at < 0 ? "" : text.substring(at + 1);
      if (address.startsWith("[") && address.endsWith("]")) {
        address = address.substring(1, address.length() - 1);
      }
      if (name.isEmpty() || !(address.equals(RunSettings.GATEWAY) || isAddress(address))) {
        throw wrong("--add-host", text, "bad format for add-host: \"" + text + "\"");
      }
      all.add(new RunSettings.Host(name, address));
    }
    return all;
  }

  private static boolean isAddress(String text) {
    boolean six = text.indexOf(':') >= 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9')
          && c != (six ? ':' : '.')
          && !(six && (c == '.' || Character.digit(c, 16) >= 0))) {
        return false;
      }
    }
    return six || text.chars().filter(c -> c == '.').count() == 3;
  }

  private List<ResourceLimit> limits() {
    List<ResourceLimit> limits = new ArrayList<>();
    for (String text : ulimits) {
      try {
        Ulimit limit = Ulimit.parse(text);
        limits.add(new ResourceLimit(limit.name(), limit.soft(), limit.hard()));
      } catch (CooperException.InvalidInput e) {
        throw wrong("--ulimit", text, e.getMessage());
      }
    }
    return limits;
  }

  private static long size(String flag, String text) {
    try {
      return HumanSize.parse(text);
    } catch (CooperException.InvalidInput e) {
      throw wrong(flag, text, e.getMessage());
    }
  }

  private static UsageException wrong(String flag, String text, String why) {
    return new UsageException(
        "invalid argument \"" + text + "\" for \"" + flag + "\" flag: " + why,
        "cooper build --help");
  }
}
