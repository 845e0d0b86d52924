package dev.cooper.runtime.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The host's IPv4 routes, which a new network must not overlap. */
final class HostRoutes {
  private static final Path TABLE = Path.of("/proc/net/route");

  private record Route(int base, int prefixLength) {}

  private final List<Route> routes;

  private HostRoutes(List<Route> routes) {
    this.routes = routes;
  }

  /** Those of this moment; none if they cannot be read. */
  static HostRoutes read() {
    List<Route> routes = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(TABLE)) {
        String[] fields = line.split("\\s+", -1);
        if (fields.length > 7 && !fields[0].equals("Iface")) {
          // The kernel prints the network's bytes in the machine's order.
          int base = Integer.reverseBytes(Integer.parseUnsignedInt(fields[1], 16));
          int mask = Integer.reverseBytes(Integer.parseUnsignedInt(fields[7], 16));
          if (mask != 0) {
            routes.add(new Route(base, Integer.bitCount(mask)));
          }
        }
      }
    } catch (IOException | NumberFormatException e) {
      return new HostRoutes(List.of());
    }
    return new HostRoutes(routes);
  }

  boolean overlap(Subnet subnet) {
    return routes.stream().anyMatch(route -> subnet.overlaps(route.base, route.prefixLength));
  }
}
