package dev.cooper.engine;

import dev.cooper.runtime.ContainerFiles;
import dev.cooper.runtime.ContainerMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The container's own /etc/hosts, /etc/hostname and /etc/resolv.conf, made anew at each start. */
final class HostFiles {
  private HostFiles() {}

  /** Writes them as far as they are known, and returns the mounts that show them. */
  static List<ContainerMount> write(Container container, ContainerFolder folder)
      throws IOException {
    ContainerFiles files = ContainerFiles.in(folder.path());
    Networking network = container.network();
    boolean host = network.mode().equals("host");
    files.writeHostname(host ? hostName() : container.hostname());
    if (network.dns().isEmpty()
        && network.dnsSearch().isEmpty()
        && network.dnsOptions().isEmpty()) {
      files.copyResolver(host);
    } else {
      files.writeResolver(network.dns(), network.dnsSearch(), network.dnsOptions());
    }
    writeHosts(container, folder, List.of());
    return mounts(container, folder);
  }

  /** The mounts that show those in a folder, but for what the user mounts in their place. */
  static List<ContainerMount> mounts(Container container, ContainerFolder folder) {
    ContainerFiles files = ContainerFiles.in(folder.path());
    List<ContainerMount> mounts = new ArrayList<>();
    for (ContainerMount mount : files.mounts()) {
      boolean replaced = false;
      for (MountPoint own : container.mounts()) {
        replaced |= own.target().equals(mount.target());
      }
      if (!replaced) {
        mounts.add(mount);
      }
    }
    return mounts;
  }

  /** Writes /etc/hosts again, when the addresses are known. */
  static void writeHosts(
      Container container, ContainerFolder folder, List<NetworkAddress> addresses)
      throws IOException {
    ContainerFiles files = ContainerFiles.in(folder.path());
    List<ContainerFiles.HostEntry> entries = new ArrayList<>();
    for (String extra : container.network().extraHosts()) {
      int colon = extra.indexOf(':');
      String address = extra.substring(colon + 1);
      if (address.equals("host-gateway")) {
        address = addresses.isEmpty() ? "127.0.0.1" : addresses.getFirst().gateway();
      }
      entries.add(new ContainerFiles.HostEntry(address, extra.substring(0, colon)));
    }
    if (container.network().mode().equals("host")) {
      files.copyHosts(entries);
      return;
    }
    String name = container.hostname();
    String domain = container.network().domainName();
    for (NetworkAddress address : addresses) {
      entries.add(
          new ContainerFiles.HostEntry(
              address.address(), domain.isEmpty() ? name : name + "." + domain + " " + name));
    }
    files.writeHosts(entries);
  }

  private static String hostName() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }
}
