package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * How a container is connected.
 *
 * @param mode {@code bridge}, {@code none} or {@code host}
 * @param hostname the container's; empty for the first twelve digits of its id
 * @param domainName NIS domain name; empty for none
 * @param ports published ports
 * @param exposed ports named as worth publishing, {@code 80/tcp}, beside the image's
 * @param publishAll whether every exposed port is published on a free port of the host
 * @param dns name servers; empty for the host's
 * @param dnsSearch search domains; empty for the host's
 * @param dnsOptions resolver options
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
  }

  private static Networking plain(String mode) {
    return new Networking(
        mode, "", "", List.of(), List.of(), false, List.of(), List.of(), List.of(), List.of());
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
        extraHosts);
  }
}
