package dev.cooper.runtime.network;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The networks of one store, and who is on them. All of it is kept in files below one directory: a
 * file a network, and a file an address in use. Changes are made by one process at a time, and a
 * change cut short leaves an address marked as used at most, until its container is disconnected or
 * its namespace is gone.
 *
 * <p>The default network, {@link Network#DEFAULT}, is made when first asked for.
 */
public final class Networks {
  /** The bridge of the machine's main store. */
  public static final String MAIN_BRIDGE = "cooper0";

  static final Path LOCK = Path.of("/run/cooper/network.lock");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
  private static final Subnet MAIN = Subnet.parse("10.90.0.0/16");
  private static final int POOL = Subnet.number("10.91.0.0");
  private static final int POOL_SIZE = 9 * 256;
  private static final int POOL_PREFIX = 24;

  private final Path directory;
  private final String mainBridge;
  private final Leases leases;

  private Networks(Path directory, String mainBridge) {
    this.directory = directory.toAbsolutePath();
    this.mainBridge = mainBridge;
    this.leases = new Leases(this.directory.resolve("addresses"));
  }

  /**
   * Those kept in {@code directory}, which is made when first needed.
   *
   * @param bridge the default network's interface on the host, at most 15 characters: {@link
   *     #MAIN_BRIDGE} for the machine's main store, another for each other store
   */
  public static Networks open(Path directory, String bridge) {
    if (bridge.isEmpty() || bridge.length() > 15) {
      throw new IllegalArgumentException("interface name " + bridge);
    }
    return new Networks(directory, bridge);
  }

  /** All of them, by name; the default one too, whether or not it has been used. */
  public List<Network> list() throws IOException {
    Network _ = defaultNetwork();
    return stored();
  }

  /** The network of this name, id, or beginning of an id; empty if there is none. */
  public Optional<Network> find(String nameOrId) throws IOException {
    if (nameOrId.equals(Network.DEFAULT)) {
      return Optional.of(defaultNetwork());
    }
    List<Network> all = stored();
    return first(all, network -> network.name().equals(nameOrId))
        .or(() -> first(all, network -> network.id().equals(nameOrId)))
        .or(
            () -> {
              List<Network> beginning =
                  all.stream()
                      .filter(n -> !nameOrId.isEmpty() && n.id().startsWith(nameOrId))
                      .toList();
              return beginning.size() == 1 ? Optional.of(beginning.getFirst()) : Optional.empty();
            });
  }

  /** As {@link #find}, in Docker's words if there is none. */
  public Network require(String nameOrId) throws IOException {
    return find(nameOrId)
        .orElseThrow(() -> new CooperException.NotFound("network " + nameOrId + " not found"));
  }

  /** The network that containers are on unless told otherwise. */
  public Network defaultNetwork() throws IOException {
    Optional<Network> known = read(file(Network.DEFAULT));
    if (known.isPresent()) {
      return known.get();
    }
    try (MachineLock _ = MachineLock.acquire(LOCK)) {
      known = read(file(Network.DEFAULT));
      if (known.isPresent()) {
        return known.get();
      }
      Subnet subnet =
          mainBridge.equals(MAIN_BRIDGE) && isFree(MAIN) ? MAIN : freeSubnet(mainBridge);
      return store(Network.DEFAULT, mainBridge, subnet, subnet.firstAddress(), false, Map.of());
    }
  }

  /**
   * Makes a network, on which containers find one another by name.
   *
   * @param subnet its addresses; empty for some that are free
   * @param gateway the bridge's address; empty for the first
   * @throws CooperException.Conflict if the name is in use, or the addresses are
   */
  public Network create(
      String name,
      Optional<Subnet> subnet,
      Optional<String> gateway,
      boolean internal,
      Map<String, String> labels)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new CooperException.InvalidInput(
          "invalid network name " + name, "use letters, digits, and _ . - after the first");
    }
    try (MachineLock _ = MachineLock.acquire(LOCK)) {
      boolean reserved = List.of(Network.DEFAULT, "host", "none").contains(name);
      if (reserved || Files.exists(file(name))) {
        throw new CooperException.Conflict("network with name " + name + " already exists");
      }
      if (subnet.isPresent() && !isFree(subnet.get())) {
        throw new CooperException.Conflict(
            "Pool overlaps with other one on this address space", "choose another subnet");
      }
      Subnet chosen = subnet.isPresent() ? subnet.get() : freeSubnet(directory + "/" + name);
      if (gateway.isPresent() && !chosen.contains(gateway.get())) {
        throw new CooperException.InvalidInput("no matching subnet for gateway " + gateway.get());
      }
      String bridge = "cpr-" + random(5);
      return store(name, bridge, chosen, gateway.orElse(chosen.firstAddress()), internal, labels);
    }
  }

  /**
   * Removes a network.
   *
   * @throws CooperException.Conflict if a container is on it, or it is the default one
   */
  public void remove(Network network) throws IOException {
    try (MachineLock _ = MachineLock.acquire(LOCK)) {
      if (network.name().equals(Network.DEFAULT)) {
        throw new CooperException.Conflict(
            network.name() + " is a pre-defined network and cannot be removed");
      }
      if (!leases.of(network).isEmpty()) {
        throw new CooperException.Conflict(
            "error while removing network: network "
                + network.name()
                + " id "
                + network.id()
                + " has active endpoints");
      }
      leases.forget(network);
      Files.deleteIfExists(file(network.name()));
    }
  }

  /**
   * Puts a container on a network; its namespace exists, and the container may be created
   * meanwhile, but must not have started.
   *
   * @throws CooperException.Conflict if a port of the host or the address is taken
   * @throws CooperException.Failed if the host refuses; nothing is left of it then
   */
  public Endpoint connect(Network network, Connection connection) throws IOException {
    try (MachineLock _ = MachineLock.acquire(LOCK)) {
      checkPorts(connection);
      Netavark netavark = netavark();
      Lease lease = leases.take(network, connection);
      try {
        return netavark.setUp(network, lease);
      } catch (IOException | RuntimeException e) {
        try {
          netavark.tearDown(network, lease);
        } catch (IOException | RuntimeException followUp) {
          e.addSuppressed(followUp);
        }
        leases.release(network, lease);
        throw e;
      }
    }
  }

  /**
   * Takes a container off all networks, ending its rules on the host and giving its addresses back.
   * Call it while the namespace still exists; a container that is on none is no failure.
   *
   * @throws CooperException.Failed if the host refused; the addresses are given back nevertheless
   */
  public void disconnect(String containerId) throws IOException {
    disconnect(containerId, network -> true);
  }

  /** Takes a container off one network; see {@link #disconnect(String)}. */
  public void disconnect(String containerId, Network from) throws IOException {
    disconnect(containerId, network -> network.id().equals(from.id()));
  }

  private void disconnect(String containerId, Predicate<Network> from) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (MachineLock _ = MachineLock.acquire(LOCK)) {
      for (Network network : stored()) {
        if (!from.test(network)) {
          continue;
        }
        for (Lease lease : leases.of(network)) {
          if (lease.connection().containerId().equals(containerId)) {
            try {
              netavark().tearDown(network, lease);
            } finally {
              leases.release(network, lease);
            }
          }
        }
      }
    }
  }

  /**
   * Who is on any network with a namespace that is mounted below {@code place}: the namespaces by
   * the ids they were connected under. Empty where no network was ever used.
   */
  public Map<String, Path> namespacesBelow(Path place) throws IOException {
    Map<String, Path> namespaces = new java.util.TreeMap<>();
    for (Network network : stored()) {
      for (Lease lease : leases.all(network)) {
        Path namespace = lease.connection().namespace();
        if (namespace.startsWith(place)) {
          namespaces.put(lease.connection().containerId(), namespace);
        }
      }
    }
    return namespaces;
  }

  /** The ids of the containers on a network, each with its address. */
  public Map<String, String> members(Network network) throws IOException {
    Map<String, String> members = new java.util.TreeMap<>();
    for (Lease lease : leases.of(network)) {
      members.put(lease.connection().containerId(), lease.address());
    }
    return members;
  }

  private void checkPorts(Connection connection) throws IOException {
    for (PublishedPort port : connection.ports()) {
      boolean taken = !port.isFree();
      for (Network network : stored()) {
        for (Lease lease : leases.of(network)) {
          taken |= lease.connection().ports().stream().anyMatch(port::clashes);
        }
      }
      if (taken) {
        String host = port.hostAddress().isEmpty() ? "0.0.0.0" : port.hostAddress();
        throw new CooperException.Conflict(
            "driver failed programming external connectivity on endpoint "
                + connection.containerName()
                + ": Bind for "
                + host
                + ":"
                + port.hostPort()
                + " failed: port is already allocated",
            "see who uses it with: ss -ltnp 'sport = :" + port.hostPort() + "'");
      }
    }
  }

  private Subnet freeSubnet(String seed) throws IOException {
    int start = Math.floorMod(seed.hashCode(), POOL_SIZE);
    for (int i = 0; i < POOL_SIZE; i++) {
      int number = (start + i) % POOL_SIZE;
      Subnet candidate = new Subnet(POOL + (number << 8), POOL_PREFIX);
      if (isFree(candidate)) {
        return candidate;
      }
    }
    throw new CooperException.Failed(
        "no free subnet for a network", "give one with --subnet, or remove a network");
  }

  private boolean isFree(Subnet subnet) throws IOException {
    for (Network network : stored()) {
      if (subnet.overlaps(network.subnet().base(), network.subnet().prefixLength())) {
        return false;
      }
    }
    return !HostRoutes.read().overlap(subnet);
  }

  private Network store(
      String name,
      String bridge,
      Subnet subnet,
      String gateway,
      boolean internal,
      Map<String, String> labels)
      throws IOException {
    Network network =
        new Network(
            random(32),
            name,
            bridge,
            subnet,
            gateway,
            internal,
            !name.equals(Network.DEFAULT),
            Instant.now(),
            labels);
    Files.createDirectories(directory);
    Path temporary = directory.resolve("." + name + ".new");
    Files.write(temporary, network.toJson());
    Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
    return network;
  }

  private List<Network> stored() throws IOException {
    List<Network> networks = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return networks;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[!.]*.json")) {
      for (Path file : files) {
        read(file).ifPresent(networks::add);
      }
    }
    networks.sort(Comparator.comparing(Network::name));
    return networks;
  }

  private static Optional<Network> read(Path file) throws IOException {
    return text(file).map(Network::parse);
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Netavark netavark() {
    return Netavark.find(directory.resolve("names"));
  }

  private Path file(String name) {
    return directory.resolve(name + ".json");
  }

  private static Optional<Network> first(List<Network> networks, Predicate<Network> wanted) {
    return networks.stream().filter(wanted).findFirst();
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
