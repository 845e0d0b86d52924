package dev.cooper.engine;

import dev.cooper.runtime.ContainerMount;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The container's own /etc/hosts, /etc/hostname and /etc/resolv.conf, made anew at each start. */
final class HostFiles {
  private static final Path RESOLVER = Path.of("/etc/resolv.conf");
  private static final String LOCALHOST =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      ff00::0\tip6-mcastprefix
      ff02::1\tip6-allnodes
      ff02::2\tip6-allrouters
      """;

  private HostFiles() {}

  /** Writes them, and returns the mounts that show them to the container. */
  static List<ContainerMount> write(
      Container container, ContainerFolder folder, List<NetworkAddress> addresses)
      throws IOException {
    boolean host = container.network().mode().equals("host");
    Files.writeString(
        folder.hostname(), (host ? hostName() : container.hostname()) + "\n");
    Files.writeString(folder.hosts(), hosts(container, addresses, host));
    Files.writeString(folder.resolver(), resolver(container.network()));
    List<ContainerMount> mounts = new ArrayList<>();
    add(mounts, container, folder.resolver(), "/etc/resolv.conf");
    add(mounts, container, folder.hostname(), "/etc/hostname");
    add(mounts, container, folder.hosts(), "/etc/hosts");
    return mounts;
  }

  /** Files that their owner alone may enter the folder of, seen by every user of the container. */
  private static void add(
      List<ContainerMount> mounts, Container container, Path file, String target) {
    for (MountPoint mount : container.mounts()) {
      if (mount.target().equals(target)) {
        return;
      }
    }
    mounts.add(ContainerMount.bind(file, target, container.security().readOnly()));
  }

  private static String hosts(
      Container container, List<NetworkAddress> addresses, boolean host) throws IOException {
    StringBuilder hosts = new StringBuilder(host ? hostsOfThisMachine() : LOCALHOST);
    for (String extra : container.network().extraHosts()) {
      int colon = extra.indexOf(':');
      String address = extra.substring(colon + 1);
      if (address.equals("host-gateway") && !addresses.isEmpty()) {
        address = addresses.getFirst().gateway();
      }
      hosts.append(address).append('\t').append(extra, 0, colon).append('\n');
    }
    if (!host) {
      String name = container.hostname();
      String full =
          container.network().domainName().isEmpty()
              ? name
              : name + "." + container.network().domainName() + " " + name;
      for (NetworkAddress address : addresses) {
        if (!address.address().isEmpty()) {
          hosts.append(address.address()).append('\t').append(full).append('\n');
        }
      }
    }
    return hosts.toString();
  }

  private static String hostsOfThisMachine() throws IOException {
    try {
      return Files.readString(Path.of("/etc/hosts"));
    } catch (NoSuchFileException e) {
      return LOCALHOST;
    }
  }

  static String hostName() throws IOException {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (NoSuchFileException e) {
      return InetAddress.getLocalHost().getHostName();
    }
  }

  /**
   * The host's resolver file with what the user asked for. A name server on the host's loopback
   * device cannot be reached from a network of its own; when nothing else is left, Docker takes
   * public ones.
   */
  private static String resolver(Networking network) throws IOException {
    String text;
    try {
      text = Files.readString(RESOLVER);
    } catch (NoSuchFileException e) {
      text = "";
    }
    if (network.mode().equals("host")
        && network.dns().isEmpty()
        && network.dnsSearch().isEmpty()
        && network.dnsOptions().isEmpty()) {
      return text;
    }
    List<String> servers = new ArrayList<>();
    String search = "";
    String options = "";
    StringBuilder rest = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      String stripped = line.strip();
      if (stripped.startsWith("nameserver ")) {
        String server = stripped.substring(11).strip();
        if (!server.startsWith("127.") && !server.equals("::1")) {
          servers.add(server);
        }
      } else if (stripped.startsWith("search ")) {
        search = stripped;
      } else if (stripped.startsWith("options ")) {
        options = stripped;
      } else if (!stripped.isEmpty() && !stripped.startsWith("#") && !stripped.startsWith(";")) {
        rest.append(stripped).append('\n');
      }
    }
    if (!network.dns().isEmpty()) {
      servers = network.dns();
    } else if (servers.isEmpty()) {
      servers = List.of("8.8.8.8", "8.8.4.4");
    }
    if (!network.dnsSearch().isEmpty()) {
      search =
          network.dnsSearch().equals(List.of("."))
              ? ""
              : "search " + String.join(" ", network.dnsSearch());
    }
    if (!network.dnsOptions().isEmpty()) {
      options = "options " + String.join(" ", network.dnsOptions());
    }
    StringBuilder out = new StringBuilder();
    if (!search.isEmpty()) {
      out.append(search).append('\n');
    }
    for (String server : servers) {
      out.append("nameserver ").append(server).append('\n');
    }
    if (!options.isEmpty()) {
      out.append(options).append('\n');
    }
    return out.append(rest).toString();
  }
}
