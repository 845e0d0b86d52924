package dev.cooper.cli.build;

import dev.cooper.builder.run.RunSettings;
import dev.cooper.cli.ResourceFlags;
import dev.cooper.cli.UsageException;
import dev.cooper.engine.Ulimit;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.runtime.ResourceLimit;
import dev.cooper.runtime.Resources;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code cooper build} is told about the containers of RUN. */
final class RunOptions {
  private static final String COMMAND = "build";

  @Mixin ResourceFlags resources = new ResourceFlags();

  @Option(
      names = "--add-host",
      paramLabel = "list",
      description = "Add a custom host-to-IP mapping (\"host:ip\")")
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "--cgroup-parent",
      paramLabel = "string",
      description = "Set the parent cgroup for the \"RUN\" instructions during build")
  @Nullable String cgroupParent;

  /** All that together. */
  RunSettings settings() {
    long sharedMemory = resources.sharedMemory(COMMAND);
    return new RunSettings(
        hosts(),
        limits(),
        sharedMemory == 0 ? RunSettings.STANDARD.sharedMemory() : sharedMemory,
        new Resources(
            resources.memory(COMMAND),
            resources.memorySwap(COMMAND),
            0,
            resources.cpuShares,
            resources.cpuQuota,
            resources.cpuPeriod,
            resources.cpusetCpus,
            resources.cpusetMems,
            0),
        parent());
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
        throw UsageException.invalidArgument(
            text, "--add-host", "bad format for add-host: \"" + text + "\"", COMMAND);
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
    for (Ulimit limit : resources.ulimits(COMMAND)) {
      limits.add(new ResourceLimit(limit.name(), limit.soft(), limit.hard()));
    }
    return limits;
  }
}
