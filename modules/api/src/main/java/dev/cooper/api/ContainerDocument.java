package dev.cooper.api;

import dev.cooper.engine.Container;
import dev.cooper.engine.ContainerFolder;
import dev.cooper.engine.ContainerState;
import dev.cooper.engine.Containers;
import dev.cooper.engine.MountPoint;
import dev.cooper.engine.MountRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A container in the shape of Docker's {@code GET /containers/{name}/json}. */
final class ContainerDocument {
  private ContainerDocument() {}

  static Map<String, Object> of(
      Containers.Status status, ContainerFolder folder, List<String> layers) {
    Container container = status.container();
    List<String> words = container.words();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Id", container.id());
    document.put("Created", container.created());
    document.put("Path", words.getFirst());
    document.put("Args", Documents.list(words.subList(1, words.size())));
    document.put("State", state(status.state()));
    document.put("Image", container.imageId());
    document.put("ResolvConfPath", folder.resolver().toString());
    document.put("HostnamePath", folder.hostname().toString());
    document.put("HostsPath", folder.hosts().toString());
    document.put("LogPath", folder.log().toString());
    document.put("Name", "/" + container.name());
    document.put("RestartCount", status.state().restarts());
    document.put("Driver", "overlay2");
    document.put("Platform", "linux");
    document.put("MountLabel", "");
    document.put("ProcessLabel", "");
    document.put("AppArmorProfile", "");
    document.put("ExecIDs", null);
    document.put("HostConfig", HostDocument.of(container));
    document.put("GraphDriver", driver(folder, layers));
    document.put("Mounts", mounts(container));
    document.put("Config", config(container));
    document.put("NetworkSettings", NetworkDocument.of(container, status.state()));
    return document;
  }

  private static Map<String, Object> state(ContainerState state) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Status", state.status());
    document.put("Running", state.running());
    document.put("Paused", state.paused());
    document.put("Restarting", false);
    document.put("OOMKilled", state.oomKilled());
    document.put("Dead", false);
    document.put("Pid", state.pid());
    document.put("ExitCode", state.exitCode());
    document.put("Error", state.error());
    document.put("StartedAt", state.started());
    document.put("FinishedAt", state.finished());
    return document;
  }

  private static Map<String, Object> driver(ContainerFolder folder, List<String> layers) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("LowerDir", String.join(":", layers.reversed()));
    data.put("MergedDir", folder.root().toString());
    data.put("UpperDir", folder.upper().toString());
    data.put("WorkDir", folder.work().toString());
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("Data", data);
    driver.put("Name", "overlay2");
    return driver;
  }

  private static List<Object> mounts(Container container) {
    List<Object> mounts = new ArrayList<>();
    for (MountPoint mount : container.mounts()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("Type", mount.type());
      if (!mount.name().isEmpty()) {
        document.put("Name", mount.name());
      }
      document.put("Source", mount.source());
      document.put("Destination", mount.target());
      if (mount.type().equals(MountRequest.VOLUME)) {
        document.put("Driver", "local");
      }
      document.put("Mode", mount.readOnly() ? "ro" : "");
      document.put("RW", !mount.readOnly());
      document.put("Propagation", mount.type().equals(MountRequest.BIND) ? "rprivate" : "");
      mounts.add(document);
    }
    return mounts;
  }

  private static Map<String, Object> config(Container container) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Hostname", container.hostname());
    document.put("Domainname", container.network().domainName());
    document.put("User", container.user());
    document.put("AttachStdin", container.attached().input());
    document.put("AttachStdout", container.attached().output());
    document.put("AttachStderr", container.attached().error());
    if (!container.exposed().isEmpty()) {
      document.put("ExposedPorts", Documents.set(container.exposed()));
    }
    document.put("Tty", container.terminal());
    document.put("OpenStdin", container.openInput());
    document.put("StdinOnce", container.openInput() && container.attached().input());
    document.put("Env", Documents.list(container.env()));
    document.put("Cmd", Documents.listOrNull(container.command()));
    document.put("Image", container.imageName());
    document.put(
        "Volumes", container.volumes().isEmpty() ? null : Documents.set(container.volumes()));
    document.put(
        "WorkingDir", container.workingDirectory().equals("/") ? "" : container.workingDirectory());
    document.put("Entrypoint", Documents.listOrNull(container.entrypoint()));
    document.put("OnBuild", null);
    document.put("Labels", new TreeMap<String, Object>(container.labels()));
    if (!container.stopSignal().equals("SIGTERM")) {
      document.put("StopSignal", container.stopSignal());
    }
    return document;
  }
}
