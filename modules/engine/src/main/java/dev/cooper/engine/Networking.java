package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a container is connected.
 *
 * @param mode the network's name, {@code none}, {@code host}, or {@code container:ID}
 * @param hostname the container's; empty for the first twelve digits of its id
 * @param domainName NIS domain name; empty for none
 * @param ports published ports
 * @param exposed ports named as worth publishing, {@code 80/tcp}, beside the image's
 * @param publishAll whether every exposed port is published on a free port of the host
 * @param dns name servers; empty for the host's
 * @param dnsSearch search domains; empty for the host's
 * @param dnsOptions resolver options
 * @param address the one it wants on the network; empty for a free one
 * @param aliases further names on the network
 * @param extraHosts {@code name:address} lines for /etc/hosts
 */
@Json
public record Networking(
    String mode,
    String hostname,
    String domainName,
    List<PortBinding> ports,
    List<String> exposed,
    boolean publishAll,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions,
    String address,
    List<String> aliases,
    List<String> extraHosts) {
  /** The default: the bridge network, nothing published. */
  public static final Networking BRIDGE = plain("bridge");

  /** No network but the loopback device. */
  public static final Networking NONE = plain("none");

  public Networking {
    ports = List.copyOf(ports);
    exposed = List.copyOf(exposed);
    dns = List.copyOf(dns);
    dnsSearch = List.copyOf(dnsSearch);
    dnsOptions = List.copyOf(dnsOptions);
    extraHosts = List.copyOf(extraHosts);
    // Containers made by an earlier version say nothing of these.
    address = address == null ? "" : address;
    aliases = aliases == null ? List.of() : List.copyOf(aliases);
  }

  private static Networking plain(String mode) {
    return new Networking(
        mode, "", "", List.of(), List.of(), false, List.of(), List.of(), List.of(), "", List.of(),
        List.of());
  }

  /** These settings with other published ports. */
  public Networking withPorts(List<PortBinding> changed) {
    return new Networking(
        mode,
        hostname,
        domainName,
        changed,
        exposed,
        publishAll,
        dns,
        dnsSearch,
        dnsOptions,
        address,
        aliases,
        extraHosts);
  }

  /** In the network of another container, by whose host name it goes. */
  Networking in(String containerId, String hostName) {
    return new Networking(
        Isolation.CONTAINER + containerId,
        hostName,
        domainName,
        ports,
        exposed,
        publishAll,
        dns,
        dnsSearch,
        dnsOptions,
        address,
        aliases,
        extraHosts);
  }

  /** The id of the container whose network it is in; null if it is in none's. */
  @Nullable String otherContainer() {
    return mode.startsWith(Isolation.CONTAINER)
        ? mode.substring(Isolation.CONTAINER.length())
        : null;
  }

  /** Whether it is on a network of Cooper's. */
  boolean isConnected() {
    return !mode.equals("none") && !mode.equals("host") && otherContainer() == null;
  }
}
