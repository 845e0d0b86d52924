package dev.cooper.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The three files that every container gets from the host rather than from its image: its name, the
 * names it knows, and its name servers. They are mounted one by one, so they are always rewritten
 * in place: a running container sees the change.
 */
public final class ContainerFiles {
  private static final Path HOST_HOSTS = Path.of("/etc/hosts");
  private static final List<Path> HOST_RESOLVERS =
      List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));
  private static final List<String> FALLBACK = List.of("8.8.8.8", "8.8.4.4");

  private final Path directory;

  private ContainerFiles(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** Those kept in {@code directory}, which exists. */
  public static ContainerFiles in(Path directory) {
    return new ContainerFiles(directory);
  }

  /**
   * A name that a container knows.
   *
   * @param address IPv4 or IPv6
   * @param names one or more, separated by spaces
   */
  public record HostEntry(String address, String names) {}

  /** The mounts that show them in the container; the files must be written by then. */
  public List<ContainerMount> mounts() {
    List<ContainerMount> mounts = new ArrayList<>();
    for (String name : List.of("resolv.conf", "hostname", "hosts")) {
      mounts.add(ContainerMount.bind(directory.resolve(name), "/etc/" + name, false));
    }
    return mounts;
  }

  /** Writes /etc/hostname. */
  public void writeHostname(String hostname) throws IOException {
    write("hostname", hostname + "\n");
  }

  /** Writes /etc/hosts: the usual, then {@code entries}, as {@code --add-host} and networks say. */
  public void writeHosts(List<HostEntry> entries) throws IOException {
    StringBuilder hosts = new StringBuilder();
    hosts.append("127.0.0.1\tlocalhost\n");
    hosts.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
    hosts.append("fe00::0\tip6-localnet\n");
    hosts.append("ff00::0\tip6-mcastprefix\n");
    hosts.append("ff02::1\tip6-allnodes\n");
    hosts.append("ff02::2\tip6-allrouters\n");
    append(hosts, entries);
    write("hosts", hosts.toString());
  }

  /** Writes /etc/hosts for a container on the host's own network: the host's, then the rest. */
  public void copyHosts(List<HostEntry> entries) throws IOException {
    StringBuilder hosts = new StringBuilder();
    if (Files.isReadable(HOST_HOSTS)) {
      hosts.append(Files.readString(HOST_HOSTS));
    }
    append(hosts, entries);
    write("hosts", hosts.toString());
  }

  private static void append(StringBuilder hosts, List<HostEntry> entries) {
    for (HostEntry entry : entries) {
      hosts.append(entry.address()).append('\t').append(entry.names()).append('\n');
    }
  }

  /** Writes /etc/resolv.conf with exactly these. */
  public void writeResolver(List<String> servers, List<String> search, List<String> options)
      throws IOException {
    StringBuilder text = new StringBuilder();
    if (!search.isEmpty()) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    write("resolv.conf", text.toString());
  }

  /**
   * Writes /etc/resolv.conf after the host's.
   *
   * @param sharesHost whether the container is on the host's own network; otherwise servers on the
   *     host's loopback are left out, since they cannot be reached, and public ones take their
   *     place if none is left
   */
  public void copyResolver(boolean sharesHost) throws IOException {
    List<String> lines = List.of();
    for (Path host : HOST_RESOLVERS) {
      List<String> candidate = Files.isReadable(host) ? Files.readAllLines(host) : List.of();
      if (lines.isEmpty() || !hasServer(lines, sharesHost)) {
        lines = candidate.isEmpty() ? lines : candidate;
      }
    }
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (sharesHost || !isLoopbackServer(line)) {
        text.append(line).append('\n');
      }
    }
    if (!hasServer(lines, sharesHost)) {
      FALLBACK.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    }
    write("resolv.conf", text.toString());
  }

  private static boolean hasServer(List<String> lines, boolean sharesHost) {
    return lines.stream()
        .anyMatch(line -> line.startsWith("nameserver") && (sharesHost || !isLoopbackServer(line)));
  }

  private static boolean isLoopbackServer(String line) {
    String[] words = line.strip().split("\\s+", -1);
    return words.length > 1
        && words[0].equals("nameserver")
        && (words[1].startsWith("127.") || words[1].equals("::1"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(
        directory.resolve(name),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }
}
