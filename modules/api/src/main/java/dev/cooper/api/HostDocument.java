package dev.cooper.api;

import dev.cooper.engine.Container;
import dev.cooper.engine.Limits;
import dev.cooper.engine.MountRequest;
import dev.cooper.engine.PortBinding;
import dev.cooper.engine.Ulimit;
import dev.cooper.runtime.HostDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of a container's document that Docker calls HostConfig. */
final class HostDocument {
  private static final long SHARED_MEMORY = 64L << 20;

  private HostDocument() {}

  static Map<String, Object> of(Container container) {
    Limits limits = container.limits();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Binds", binds(container));
    document.put("ContainerIDFile", "");
    document.put("LogConfig", Map.of("Type", "k8s-file", "Config", Map.of()));
    document.put("NetworkMode", container.network().mode());
    document.put("PortBindings", ports(container.network().ports()));
    Map<String, Object> restart = new LinkedHashMap<>();
    restart.put("Name", "no");
    restart.put("MaximumRetryCount", 0);
    document.put("RestartPolicy", restart);
    document.put("AutoRemove", container.removeWhenDone());
    document.put("VolumeDriver", "");
    document.put("VolumesFrom", Documents.listOrNull(container.storage().from()));
    document.put("CapAdd", Documents.listOrNull(container.security().addedCapabilities()));
    document.put("CapDrop", Documents.listOrNull(container.security().droppedCapabilities()));
    document.put("Dns", Documents.list(container.network().dns()));
    document.put("DnsOptions", Documents.list(container.network().dnsOptions()));
    document.put("DnsSearch", Documents.list(container.network().dnsSearch()));
    document.put("ExtraHosts", Documents.listOrNull(container.network().extraHosts()));
    document.put("GroupAdd", Documents.listOrNull(container.security().additionalGroups()));
    document.put(
        "IpcMode", container.isolation().ipc().isEmpty() ? "private" : container.isolation().ipc());
    document.put("Links", null);
    document.put("OomScoreAdj", 0);
    document.put("PidMode", container.isolation().processes());
    document.put("Privileged", container.security().privileged());
    document.put("PublishAllPorts", container.network().publishAll());
    document.put("ReadonlyRootfs", container.security().readOnly());
    document.put("SecurityOpt", Documents.listOrNull(securityOptions(container)));
    Map<String, Object> tmpfs = tmpfs(container);
    if (!tmpfs.isEmpty()) {
      document.put("Tmpfs", tmpfs);
    }
    document.put("UTSMode", container.isolation().hostName());
    document.put("UsernsMode", "");
    document.put("ShmSize", limits.shmSize() == 0 ? SHARED_MEMORY : limits.shmSize());
    document.put("CpuShares", limits.cpuShares());
    document.put("Memory", limits.memory());
    document.put("NanoCpus", limits.nanoCpus());
    document.put("CgroupParent", container.isolation().cgroupParent());
    document.put("CpuPeriod", limits.cpuPeriod());
    document.put("CpuQuota", limits.cpuQuota());
    document.put("CpusetCpus", limits.cpuset());
    document.put("CpusetMems", limits.memoryNodes());
    document.put("Devices", devices(container));
    document.put("MemoryReservation", limits.memoryReservation());
    document.put("MemorySwap", limits.memorySwap());
    document.put("PidsLimit", limits.processes() == 0 ? null : (Object) limits.processes());
    document.put("Ulimits", ulimits(limits));
    if (!container.isolation().sysctls().isEmpty()) {
      document.put("Sysctls", container.isolation().sysctls());
    }
    if (container.isolation().init()) {
      document.put("Init", true);
    }
    return document;
  }

  private static List<Object> devices(Container container) {
    List<Object> devices = new ArrayList<>();
    for (HostDevice device : container.isolation().hostDevices()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("PathOnHost", device.source().toString());
      one.put("PathInContainer", device.target());
      one.put("CgroupPermissions", device.access());
      devices.add(one);
    }
    return devices;
  }

  private static List<String> securityOptions(Container container) {
    List<String> options = new ArrayList<>();
    if (container.security().noNewPrivileges()) {
      options.add("no-new-privileges");
    }
    options.addAll(container.security().options());
    return options;
  }

  private static List<Object> ulimits(Limits limits) {
    List<Object> ulimits = new ArrayList<>();
    for (Ulimit limit : limits.ulimits()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("Name", limit.name());
      one.put("Hard", limit.hard());
      one.put("Soft", limit.soft());
      ulimits.add(one);
    }
    return ulimits;
  }

  private static @Nullable Object binds(Container container) {
    List<Object> binds = new ArrayList<>();
    for (MountRequest mount : container.storage().mounts()) {
      if (!mount.source().isEmpty()) {
        binds.add(mount.source() + ":" + mount.target() + (mount.readOnly() ? ":ro" : ""));
      }
    }
    return binds.isEmpty() ? null : binds;
  }

  private static Map<String, Object> tmpfs(Container container) {
    Map<String, Object> tmpfs = new TreeMap<>();
    for (MountRequest mount : container.storage().mounts()) {
      if (mount.type().equals(MountRequest.TMPFS)) {
        tmpfs.put(mount.target(), String.join(",", mount.options()));
      }
    }
    return tmpfs;
  }

  static Map<String, Object> ports(List<PortBinding> bindings) {
    Map<String, Object> ports = new TreeMap<>();
    for (PortBinding binding : bindings) {
      Map<String, Object> host = new LinkedHashMap<>();
      host.put("HostIp", binding.hostAddress());
      host.put("HostPort", binding.hostPort() == 0 ? "" : Integer.toString(binding.hostPort()));
      List<Object> all = new ArrayList<>();
      if (ports.get(binding.exposed()) instanceof List<?> before) {
        all.addAll(before);
      }
      all.add(host);
      ports.put(binding.exposed(), all);
    }
    return ports;
  }
}
