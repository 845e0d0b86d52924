package dev.cooper.engine;

import dev.cooper.image.CooperException;
import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * One port of a container made reachable through one of the host.
 *
 * @param hostAddress address to listen on; empty for all
 * @param hostPort 1 to 65535, or 0 for a free one chosen at the start
 * @param containerPort 1 to 65535
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
@Json
public record PortBinding(String hostAddress, int hostPort, int containerPort, String protocol) {

  /** The container's side, {@code 80/tcp}. */
  public String exposed() {
    return containerPort + "/" + protocol;
  }

  /**
   * Reads {@code [[address:][hostPort]:]containerPort[/protocol]}; ports may be ranges of equal
   * length, {@code 8000-8010:80-90}.
   *
   * @throws CooperException.InvalidInput with Docker's words for what is wrong
   */
  public static List<PortBinding> parse(String text) {
    String rest = text;
    String protocol = "tcp";
    int slash = rest.lastIndexOf('/');
    if (slash >= 0) {
      protocol = rest.substring(slash + 1).toLowerCase(java.util.Locale.ROOT);
      rest = rest.substring(0, slash);
      if (!protocol.equals("tcp") && !protocol.equals("udp") && !protocol.equals("sctp")) {
        throw new CooperException.InvalidInput("invalid proto: " + protocol);
      }
    }
    int colon = rest.lastIndexOf(':');
    String container = rest.substring(colon + 1);
    String host = "";
    String address = "";
    if (colon >= 0) {
      rest = rest.substring(0, colon);
      int second = rest.lastIndexOf(':');
      if (second >= 0) {
        address = address(rest.substring(0, second));
        host = rest.substring(second + 1);
      } else {
        host = rest;
      }
    }
    if (container.isEmpty()) {
      throw new CooperException.InvalidInput("No port specified: " + text + "<empty>");
    }
    int[] inside = range(container, "invalid containerPort: " + container);
    int[] outside = host.isEmpty() ? null : range(host, "invalid hostPort: " + host);
    int count = inside[1] - inside[0];
    if (outside != null && outside[1] - outside[0] != count && count != 0) {
      throw new CooperException.InvalidInput(
          "invalid ranges specified for container and host Ports: " + container + " and " + host);
    }
    List<PortBinding> bindings = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      bindings.add(
          new PortBinding(address, outside == null ? 0 : outside[0] + i, inside[0] + i, protocol));
    }
    return bindings;
  }

  private static String address(String text) {
    String plain =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (Character.digit(c, 16) < 0 && c != '.' && c != ':') {
        throw new CooperException.InvalidInput("invalid IP address: " + text);
      }
    }
    if (!plain.isEmpty() && plain.indexOf('.') < 0 && plain.indexOf(':') < 0) {
      throw new CooperException.InvalidInput("invalid IP address: " + text);
    }
    return plain;
  }

  private static int[] range(String text, String wrong) {
    int dash = text.indexOf('-');
    int first = number(dash < 0 ? text : text.substring(0, dash), wrong);
    int last = dash < 0 ? first : number(text.substring(dash + 1), wrong);
    if (last < first) {
      throw new CooperException.InvalidInput(wrong);
    }
    return new int[] {first, last};
  }

  private static int number(String text, String wrong) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words.
    }
    throw new CooperException.InvalidInput(wrong);
  }
}
