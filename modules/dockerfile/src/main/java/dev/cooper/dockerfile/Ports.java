package dev.cooper.dockerfile;

import java.util.List;
import java.util.Locale;

/** The ports that EXPOSE names. */
final class Ports {
  private static final int HIGHEST = 65535;

  private Ports() {}

  /**
   * One argument of EXPOSE taken apart.
   *
   * @param address the IP address of a mapping; empty if there is none
   * @param hostPort the host's port of a mapping; empty if there is none
   * @param containerPort a port or a range
   * @param protocol as written; {@code tcp} if not given
   */
  record Specification(String address, String hostPort, String containerPort, String protocol) {}

  /**
   * @throws Malformed if there is no port, or a protocol other than tcp, udp and sctp
   */
  static Specification parse(String text) {
    int last = text.lastIndexOf(':');
    int previous = last < 0 ? -1 : text.lastIndexOf(':', last - 1);
    String address = previous < 0 ? "" : text.substring(0, previous);
    String host = last < 0 ? "" : text.substring(previous + 1, last);
    String port = text.substring(last + 1);
    String protocol = "";
    int slash = port.indexOf('/');
    if (slash >= 0) {
      protocol = port.substring(slash + 1);
      port = port.substring(0, slash);
    }
    if (port.isEmpty()) {
      throw new Malformed("invalid port: " + Quoted.of(text) + ": no port specified", text);
    }
    switch (protocol.toLowerCase(Locale.ROOT)) {
      case "" -> protocol = "tcp";
      case "tcp", "udp", "sctp" -> {}
      default ->
          throw new Malformed(
              "invalid port: " + Quoted.of(text) + ": invalid proto: " + protocol,
              text,
              "protocols are tcp, udp and sctp");
    }
    return new Specification(address, host, port, protocol);
  }

  /**
   * Adds {@code 80/tcp} for each port of one argument.
   *
   * @throws Malformed if it is not a port or a range of ports
   */
  static void expose(String text, List<String> ports) {
    Specification specification = parse(text);
    if (!specification.address.isEmpty() && !InternetAddress.isValid(specification.address)) {
      throw new Malformed("invalid IP address: " + specification.address, text);
    }
    int[] range =
        range(specification.containerPort, "invalid containerPort: " + specification.containerPort);
    if (!specification.hostPort.isEmpty()) {
      int[] host = range(specification.hostPort, "invalid hostPort: " + specification.hostPort);
      if (range[1] != range[0] && range[1] - range[0] != host[1] - host[0]) {
        throw new Malformed(
            "invalid ranges specified for container and host Ports: "
                + specification.containerPort
                + " and "
                + specification.hostPort,
            text);
      }
    }
    String protocol = specification.protocol.toLowerCase(Locale.ROOT);
    for (int port = range[0]; port <= range[1]; port++) {
      ports.add(port + "/" + protocol);
    }
  }

  private static int[] range(String text, String message) {
    int dash = text.indexOf('-');
    String first = dash < 0 ? text : text.substring(0, dash);
    int start = number(first);
    int end = dash < 0 ? start : number(text.substring(dash + 1));
    if (start < 0 || end < start) {
      throw new Malformed(message, text, "ports are numbers from 0 to 65535, or ranges: 8000-8010");
    }
    return new int[] {start, end};
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    for (int index = 0; index < text.length(); index++) {
      if (text.charAt(index) < '0' || text.charAt(index) > '9') {
        return -1;
      }
    }
    int number = Integer.parseInt(text);
    return number > HIGHEST ? -1 : number;
  }
}
