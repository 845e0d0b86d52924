package dev.cooper.disk.machine;

import dev.cooper.image.CooperException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of this computer that leads to one of the machine.
 *
 * @param address of this computer; empty for all
 * @param hostPort 1 to 65535
 * @param guestPort 1 to 65535
 * @param protocol {@code tcp} or {@code udp}
 */
public record PortForward(String address, int hostPort, int guestPort, String protocol) {
  private static final Pattern FORM =
      Pattern.compile("(?:([0-9.]+):)?([0-9]{1,5}):([0-9]{1,5})(?:/(tcp|udp))?");

  /**
   * Reads {@code [ADDRESS:]HOST:GUEST[/tcp|udp]}.
   *
   * @throws CooperException.InvalidInput when it is not that
   */
  public static PortForward parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      int host = Integer.parseInt(form.group(2));
      int guest = Integer.parseInt(form.group(3));
      if (isPort(host) && isPort(guest)) {
        String address = form.group(1) == null ? "" : form.group(1);
        String protocol = form.group(4) == null ? "tcp" : form.group(4);
        return new PortForward(address, host, guest, protocol);
      }
    }
    throw new CooperException.InvalidInput(
        "\"" + text + "\" is not a port forward", "write it as 8080:80 or 127.0.0.1:8080:80/tcp");
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  String forQemu() {
    return "hostfwd=%s:%s:%d-:%d".formatted(protocol, address, hostPort, guestPort);
  }
}
