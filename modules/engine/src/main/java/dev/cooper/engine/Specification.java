package dev.cooper.engine;

import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.Capabilities;
import dev.cooper.runtime.Confinement;
import dev.cooper.runtime.ContainerInit;
import dev.cooper.runtime.ContainerMount;
import dev.cooper.runtime.ContainerProcess;
import dev.cooper.runtime.ContainerSpec;
import dev.cooper.runtime.ContainerUser;
import dev.cooper.runtime.Namespace;
import dev.cooper.runtime.Namespaces;
import dev.cooper.runtime.ProcessUser;
import dev.cooper.runtime.ResourceLimit;
import dev.cooper.runtime.Resources;
import dev.cooper.runtime.UserLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container as the runtime is told of it. */
final class Specification {
  private Specification() {}

  static ContainerSpec of(
      Container container,
      ContainerFolder folder,
      Namespaces namespaces,
      List<ContainerMount> mounts,
      Optional<TerminalSize> size)
      throws IOException {
    ContainerProcess process =
        process(
            container,
            folder.root(),
            container.isolation().addsInit()
                ? ContainerInit.before(container.words())
                : container.words(),
            container.user(),
            container.workingDirectory(),
            container.env(),
            container.terminal(),
            container.security().privileged(),
            size);
    ContainerSpec spec =
        ContainerSpec.of(container.id(), folder.root(), process)
            .withHostname(namespaces.uts().equals(Namespace.HOST) ? "" : container.hostname())
            .withMounts(mounts)
            .withNamespaces(namespaces)
            .withResources(resources(container.limits()))
            .withPrivileged(container.security().privileged())
            .withConfinement(
                new Confinement(
                    container.security().filtersCalls(), container.security().masksPaths()))
            .withReadOnlyRoot(container.security().readOnly())
            .withDevices(container.isolation().hostDevices())
            .withSysctls(container.isolation().sysctls());
    String parent = container.isolation().cgroupParent();
    if (!parent.isEmpty()) {
      spec = spec.withCgroup(Path.of("/", parent, container.id()).normalize().toString());
    }
    if (container.isolation().ipc().equals(Isolation.NONE)) {
      return spec.withSharedMemory(0);
    }
    return container.limits().shmSize() == 0
        ? spec
        : spec.withSharedMemory(container.limits().shmSize());
  }

  /** A process of the container, its first or one executed in it. */
  static ContainerProcess process(
      Container container,
      Path root,
      List<String> words,
      String user,
      String directory,
      List<String> env,
      boolean terminal,
      boolean privileged,
      Optional<TerminalSize> size)
      throws IOException {
    ContainerUser who = UserLookup.find(root, user);
    List<Integer> groups = new ArrayList<>(who.ids().additionalGroups());
    groups.addAll(UserLookup.groups(root, container.security().additionalGroups()));
    Security security = container.security();
    ContainerProcess process =
        ContainerProcess.of(words)
            .withEnvironment(environment(container, env, who, terminal))
            .withDirectory(directory)
            .withUser(new ProcessUser(who.ids().uid(), who.ids().gid(), groups))
            .withCapabilities(
                Capabilities.of(
                    privileged, security.addedCapabilities(), security.droppedCapabilities()))
            .withNoNewPrivileges(security.noNewPrivileges());
    List<ResourceLimit> limits = new ArrayList<>();
    for (Ulimit limit : container.limits().ulimits()) {
      limits.add(new ResourceLimit(limit.name(), limit.soft(), limit.hard()));
    }
    process = process.withLimits(limits);
    return terminal ? process.withTerminal(size) : process;
  }

  /** Docker's additions, which give way to what the image or the user set. */
  private static List<String> environment(
      Container container, List<String> given, ContainerUser who, boolean terminal) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("PATH", "PATH=" + value(given, "PATH"));
    all.put("HOSTNAME", "HOSTNAME=" + container.hostname());
    if (terminal) {
      all.put("TERM", "TERM=xterm");
    }
    for (String variable : given) {
      all.put(Creation.nameOf(variable), variable);
    }
    if (value(given, "PATH") == null) {
      all.remove("PATH");
    }
    all.putIfAbsent("HOME", "HOME=" + who.home());
    return new ArrayList<>(all.values());
  }

  static @Nullable String value(List<String> env, String name) {
    String found = null;
    for (String variable : env) {
      if (variable.startsWith(name) && variable.startsWith("=", name.length())) {
        found = variable.substring(name.length() + 1);
      }
    }
    return found;
  }

  static Resources resources(Limits limits) {
    Resources resources =
        new Resources(
            limits.memory(),
            limits.memorySwap(),
            limits.memoryReservation(),
            limits.cpuShares(),
            limits.cpuQuota(),
            limits.cpuPeriod(),
            limits.cpuset(),
            limits.memoryNodes(),
            limits.processes());
    return limits.nanoCpus() == 0
        ? resources
        : resources.withProcessorTime(limits.nanoCpus() / 1e9);
  }
}
