package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.runtime.HostDevice;
import io.avaje.jsonb.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a container's own world ends and the host's begins.
 *
 * @param processes whose process numbers it has: its own if empty, {@code host}, or {@code
 *     container:ID}
 * @param ipc whose shared memory and message queues, likewise; {@code shareable} for its own, which
 *     others may join, {@code none} for its own without /dev/shm
 * @param hostName {@code host} for the host's host name; its own if empty
 * @param init whether a small init is its first process, which passes signals on and collects what
 *     other processes leave behind
 * @param devices of the host, {@code source[:target[:access]]}
 * @param sysctls kernel settings of its namespaces
 * @param cgroupParent the path of the cgroup that its own is in; empty for Cooper's
 */
@Json
public record Isolation(
    String processes,
    String ipc,
    String hostName,
    boolean init,
    List<String> devices,
    Map<String, String> sysctls,
    String cgroupParent) {
  /** As the host: the value of {@code processes}, {@code ipc} and {@code hostName}. */
  public static final String HOST = "host";

  /** Its own, and others may join: a value of {@code ipc}. */
  public static final String SHAREABLE = "shareable";

  /** Its own, without a place for shared memory: a value of {@code ipc}. */
  public static final String NONE = "none";

  /** What the id of another container comes after. */
  public static final String CONTAINER = "container:";

  private static final Set<String> NAMESPACED =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  /** A world of its own. */
  public static final Isolation FULL = new Isolation("", "", "", false, List.of(), Map.of(), "");

  public Isolation {
    devices = List.copyOf(devices);
    sysctls = Map.copyOf(new TreeMap<>(sysctls));
    for (String name : sysctls.keySet()) {
      if (!isNamespaced(name)) {
        throw new CooperException.InvalidInput(
            "sysctl '" + name + "' is not allowed",
            "only what each container has its own of can be set: net.*, fs.mqueue.*, kernel.shm*,"
                + " kernel.msg*, kernel.sem");
      }
    }
    for (String device : devices) {
      HostDevice _ = device(device);
    }
  }

  Isolation withNamespacesOf(String newProcesses, String newIpc) {
    return new Isolation(newProcesses, newIpc, hostName, init, devices, sysctls, cgroupParent);
  }

  /** Whether an init is to be its first process; where others have processes, there is one. */
  boolean addsInit() {
    return init && processes.isEmpty();
  }

  /** The devices as the runtime gets them. */
  public List<HostDevice> hostDevices() {
    List<HostDevice> all = new ArrayList<>();
    devices.forEach(device -> all.add(device(device)));
    return all;
  }

  /** Docker's {@code --device}: the target is the source unless given, and everything allowed. */
  private static HostDevice device(String text) {
    String[] parts = text.split(":", -1);
    String source = parts[0];
    String target = parts.length > 1 ? parts[1] : source;
    String access = parts.length > 2 ? parts[2] : "rwm";
    if (parts.length == 2 && isAccess(target)) {
      access = target;
      target = source;
    }
    if (parts.length > 3 || source.isEmpty() || !target.startsWith("/")) {
      throw new CooperException.InvalidInput(
          "invalid device specification: " + text, "write it as /dev/x[:/dev/y[:rwm]]");
    }
    if (!isAccess(access)) {
      throw new CooperException.InvalidInput("bad mode specified: " + access);
    }
    return new HostDevice(Path.of(source), target, access);
  }

  /** Docker's list of what is a container's own. */
  private static boolean isNamespaced(String sysctl) {
    return sysctl.startsWith("net.")
        || sysctl.startsWith("fs.mqueue.")
        || NAMESPACED.contains(sysctl);
  }

  private static boolean isAccess(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("rwm".indexOf(text.charAt(i)) < 0 || text.indexOf(text.charAt(i)) != i) {
        return false;
      }
    }
    return true;
  }
}
