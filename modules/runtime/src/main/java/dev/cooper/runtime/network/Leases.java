package dev.cooper.runtime.network;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The addresses in use on networks: a directory a network, a file an address. The caller holds the
 * networks' lock when it changes anything.
 */
final class Leases {
  private final Path directory;

  Leases(Path directory) {
    this.directory = directory;
  }

  /** Those of one network; what is left of containers whose namespace is gone is given back. */
  List<Lease> of(Network network) throws IOException {
    return read(network, true);
  }

  /** As {@link #of}, changing nothing: for callers without the networks' lock. */
  List<Lease> all(Network network) throws IOException {
    return read(network, false);
  }

  private List<Lease> read(Network network, boolean giveBack) throws IOException {
    List<Lease> leases = new ArrayList<>();
    Path folder = folder(network);
    if (!Files.isDirectory(folder)) {
      return leases;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Optional<Lease> lease = read(file);
        if (lease.isPresent() && Files.exists(lease.get().connection().namespace())) {
          leases.add(lease.get());
        } else if (giveBack) {
          Files.deleteIfExists(file);
        }
      }
    }
    return leases;
  }

  /** Takes the address asked for, or the lowest free one. */
  Lease take(Network network, Connection connection) throws IOException {
    Lease lease = new Lease(freeAddress(network, connection), connection);
    Files.createDirectories(folder(network));
    Files.write(file(network, lease), lease.toJson());
    return lease;
  }

  /** Gives an address back; does nothing if it was not taken. */
  void release(Network network, Lease lease) throws IOException {
    Files.deleteIfExists(file(network, lease));
  }

  /** Removes what is kept of a network that nobody is on. */
  void forget(Network network) throws IOException {
    Files.deleteIfExists(folder(network));
  }

  private String freeAddress(Network network, Connection connection) throws IOException {
    Set<String> used = of(network).stream().map(Lease::address).collect(Collectors.toSet());
    used.add(network.gateway());
    if (connection.address().isPresent()) {
      String wanted = connection.address().get();
      if (used.contains(wanted) || !network.subnet().contains(wanted)) {
        throw new CooperException.Conflict(
            "address " + wanted + " is already in use or not of network " + network.name());
      }
      return wanted;
    }
    for (int i = network.subnet().base() + 1; i < network.subnet().broadcast(); i++) {
      String candidate = Subnet.address(i);
      if (!used.contains(candidate)) {
        return candidate;
      }
    }
    throw new CooperException.Failed("no available IPv4 addresses on network " + network.name());
  }

  private static Optional<Lease> read(Path file) throws IOException {
    try {
      return Lease.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Path file(Network network, Lease lease) {
    return folder(network).resolve(lease.address());
  }

  private Path folder(Network network) {
    return directory.resolve(network.id());
  }
}
