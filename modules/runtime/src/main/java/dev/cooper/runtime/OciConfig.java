package dev.cooper.runtime;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A container in the words of the OCI runtime specification 1.0.2 (config.json). */
final class OciConfig {
  private static final String VERSION = "1.0.2-dev";

  private OciConfig() {}

  static byte[] of(ContainerSpec spec) {
    return JsonOut.object(
        json -> {
          json.text("ociVersion", VERSION);
          json.object("process", process -> write(process, spec.process()));
          json.object(
              "root",
              root ->
                  root.text("path", spec.root().toString()).flag("readonly", spec.readOnlyRoot()));
          if (!spec.hostname().isEmpty() && spec.namespaces().uts() instanceof Namespace.Own) {
            json.text("hostname", spec.hostname());
          }
          json.array("mounts", mounts -> DefaultMounts.of(spec).forEach(m -> write(mounts, m)));
          if (!spec.annotations().isEmpty()) {
            write(json, "annotations", spec.annotations());
          }
          Path gate = spec.gate();
          if (gate != null) {
            json.object("hooks", hooks -> writeGate(hooks, gate));
          }
          json.object("linux", linux -> writeLinux(linux, spec));
        });
  }

  /** Run when all but the program is there; if it fails the container is given up. */
  private static void writeGate(JsonOut hooks, Path gate) {
    hooks.array(
        "createRuntime",
        array ->
            array.element(
                hook ->
                    hook.text("path", "/bin/sh")
                        .texts(
                            "args",
                            List.of(
                                "sh",
                                "-c",
                                "read -r line <>\"$0\" && [ \"$line\" = go ]",
                                gate.toString()))));
  }

  /** The process alone, as {@code exec} takes it. */
  static byte[] of(ContainerProcess process) {
    return JsonOut.object(json -> write(json, process));
  }

  /** The limits alone, as {@code update} takes them. */
  static byte[] of(Resources resources) {
    return JsonOut.object(json -> write(json, resources));
  }

  private static void write(JsonOut json, ContainerProcess process) {
    json.flag("terminal", process.terminal());
    process
        .terminalSize()
        .filter(size -> process.terminal())
        .ifPresent(
            size ->
                json.object(
                    "consoleSize",
                    o -> o.number("height", size.rows()).number("width", size.columns())));
    json.object(
        "user",
        user -> {
          user.number("uid", process.user().uid()).number("gid", process.user().gid());
          // As Docker: the first group too, or leaving it would leave what is denied to it.
          LinkedHashSet<Integer> groups = new LinkedHashSet<>();
          groups.add(process.user().gid());
          groups.addAll(process.user().additionalGroups());
          user.numbers("additionalGids", groups);
        });
    json.texts("args", process.arguments());
    json.texts("env", process.environment());
    json.text("cwd", process.directory());
    json.object(
        "capabilities",
        sets -> {
          // Only root starts with its rights in force; others gain them through set-id programs.
          List<String> inForce = process.user().uid() == 0 ? process.capabilities() : List.of();
          sets.texts("bounding", process.capabilities());
          sets.texts("effective", inForce);
          sets.texts("permitted", inForce);
        });
    if (!process.limits().isEmpty()) {
      json.array(
          "rlimits",
          limits -> process.limits().forEach(limit -> limits.element(o -> write(o, limit))));
    }
    json.flag("noNewPrivileges", process.noNewPrivileges());
  }

  private static void write(JsonOut json, ResourceLimit limit) {
    json.text("type", "RLIMIT_" + limit.type().toUpperCase(Locale.ROOT));
    json.number("hard", limit.hard()).number("soft", limit.soft());
  }

  private static void write(JsonOut mounts, ContainerMount mount) {
    mounts.element(
        json -> {
          json.text("destination", mount.target()).text("type", mount.type());
          json.text("source", mount.source()).texts("options", mount.options());
        });
  }

  private static void write(JsonOut json, String name, Map<String, String> values) {
    json.object(name, object -> new TreeMap<>(values).forEach(object::text));
  }

  private static void writeLinux(JsonOut json, ContainerSpec spec) {
    List<Devices.Device> devices = Devices.of(spec);
    if (!devices.isEmpty()) {
      json.array("devices", array -> devices.forEach(d -> array.element(o -> write(o, d))));
    }
    json.text("cgroupsPath", spec.cgroup());
    json.object("resources", resources -> write(resources, spec, devices));
    json.array("namespaces", array -> write(array, spec.namespaces()));
    if (!spec.sysctls().isEmpty()) {
      write(json, "sysctl", spec.sysctls());
    }
    if (!spec.privileged() && spec.confinement().masksPaths()) {
      json.texts("maskedPaths", DefaultMounts.MASKED);
      json.texts("readonlyPaths", DefaultMounts.READ_ONLY);
    }
    if (!spec.privileged() && spec.confinement().filtersCalls()) {
      json.object("seccomp", filter -> writeFilter(filter, spec.process().capabilities()));
    }
  }

  private static void write(JsonOut json, Devices.Device device) {
    json.text("path", device.target());
    json.text("type", device.status().isBlockDevice() ? "b" : "c");
    json.number("major", device.status().deviceMajor());
    json.number("minor", device.status().deviceMinor());
    json.number("fileMode", device.status().permissions());
    json.number("uid", device.status().uid()).number("gid", device.status().gid());
  }

  private static void write(JsonOut json, ContainerSpec spec, List<Devices.Device> devices) {
    json.array(
        "devices",
        rules -> {
          rules.element(o -> o.flag("allow", spec.privileged()).text("access", "rwm"));
          if (!spec.privileged()) {
            devices.forEach(device -> rules.element(o -> writeRule(o, device)));
          }
        });
    write(json, spec.resources());
  }

  private static void write(JsonOut json, Resources limits) {
    if (limits.memory() > 0 || limits.memoryReservation() > 0 || limits.memorySwap() != 0) {
      json.object("memory", memory -> writeMemory(memory, limits));
    }
    if (limits.cpuShares() > 0
        || limits.cpuQuota() != 0
        || limits.cpuPeriod() > 0
        || !limits.cpus().isEmpty()
        || !limits.memoryNodes().isEmpty()) {
      json.object("cpu", cpu -> writeProcessor(cpu, limits));
    }
    if (limits.processes() != 0) {
      json.object("pids", pids -> pids.number("limit", limits.processes()));
    }
  }

  private static void writeRule(JsonOut json, Devices.Device device) {
    json.flag("allow", true).text("type", device.status().isBlockDevice() ? "b" : "c");
    json.number("major", device.status().deviceMajor());
    json.number("minor", device.status().deviceMinor()).text("access", device.access());
  }

  private static void writeMemory(JsonOut json, Resources limits) {
    if (limits.memory() > 0) {
      json.number("limit", limits.memory());
    }
    if (limits.memoryReservation() > 0) {
      json.number("reservation", limits.memoryReservation());
    }
    if (limits.memorySwap() != 0) {
      json.number("swap", limits.memorySwap());
    } else if (limits.memory() > 0 && Cgroups.limitsSwap()) {
      // Docker's rule: as much swap as memory.
      json.number("swap", 2 * limits.memory());
    }
  }

  private static void writeProcessor(JsonOut json, Resources limits) {
    if (limits.cpuShares() > 0) {
      json.number("shares", limits.cpuShares());
    }
    if (limits.cpuQuota() != 0) {
      json.number("quota", limits.cpuQuota());
    }
    if (limits.cpuPeriod() > 0) {
      json.number("period", limits.cpuPeriod());
    }
    if (!limits.cpus().isEmpty()) {
      json.text("cpus", limits.cpus());
    }
    if (!limits.memoryNodes().isEmpty()) {
      json.text("mems", limits.memoryNodes());
    }
  }

  private static void write(JsonOut array, Namespaces namespaces) {
    write(array, "mount", Namespace.OWN);
    write(array, "network", namespaces.network());
    write(array, "pid", namespaces.pid());
    write(array, "ipc", namespaces.ipc());
    write(array, "uts", namespaces.uts());
    write(array, "cgroup", namespaces.cgroup());
  }

  private static void write(JsonOut array, String type, Namespace namespace) {
    // Not a switch over patterns, whose first use costs a short command some milliseconds.
    if (namespace instanceof Namespace.Joined joined) {
      array.element(o -> o.text("type", type).text("path", joined.path().toString()));
    } else if (namespace instanceof Namespace.Own) {
      array.element(o -> o.text("type", type));
    }
  }

  private static void writeFilter(JsonOut json, List<String> capabilities) {
    String processor = System.getProperty("os.arch", "");
    json.text("defaultAction", "SCMP_ACT_ERRNO").number("defaultErrnoRet", SystemCallFilter.EPERM);
    List<String> architectures = SystemCallFilter.architectures(processor);
    if (!architectures.isEmpty()) {
      json.texts("architectures", architectures);
    }
    json.array(
        "syscalls",
        array -> {
          for (SystemCallFilter.Rule rule : SystemCallFilter.rules(capabilities, processor)) {
            array.element(o -> write(o, rule));
          }
        });
  }

  private static void write(JsonOut json, SystemCallFilter.Rule rule) {
    json.texts("names", rule.names());
    if (rule.error() == 0) {
      json.text("action", "SCMP_ACT_ALLOW");
    } else {
      json.text("action", "SCMP_ACT_ERRNO").number("errnoRet", rule.error());
    }
    SystemCallFilter.Condition condition = rule.condition();
    if (condition != null) {
      json.array(
          "args",
          arguments ->
              arguments.element(
                  argument ->
                      argument
                          .number("index", condition.argument())
                          .number("value", condition.value())
                          .number("valueTwo", condition.valueTwo())
                          .text("op", condition.operator())));
    }
  }
}
