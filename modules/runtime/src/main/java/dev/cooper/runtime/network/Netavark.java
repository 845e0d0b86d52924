package dev.cooper.runtime.network;

import dev.cooper.image.CooperException;
import dev.cooper.runtime.JsonIn;
import dev.cooper.runtime.JsonOut;
import dev.cooper.runtime.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** netavark, the program that makes bridges, addresses and firewall rules. */
final class Netavark {
  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/lib/podman"), Path.of("/usr/libexec/podman"));

  private final Path program;
  private final Path directory;

  Netavark(Path program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  /**
   * The host's.
   *
   * @param directory where it keeps what containers are called
   */
  static Netavark find(Path directory) {
    return find("netavark")
        .map(path -> new Netavark(path, directory))
        .orElseThrow(
            () ->
                new CooperException.NotFound(
                    "netavark is not installed, which makes a container's network",
                    "apt-get install netavark aardvark-dns, or use --network none or host"));
  }

  private static Optional<Path> find(String name) {
    return FOLDERS.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .or(() -> Tool.find(name));
  }

  Endpoint setUp(Network network, Lease lease) throws IOException {
    Map<String, Object> answer = JsonIn.object(call("setup", network, lease));
    Map<String, Object> status = JsonIn.member(answer, network.name());
    List<String> nameServers = new ArrayList<>();
    JsonIn.list(status, "dns_server_ips").forEach(ip -> nameServers.add(String.valueOf(ip)));
    String interfaceName = lease.connection().interfaceName();
    Map<String, Object> made = JsonIn.member(JsonIn.member(status, "interfaces"), interfaceName);
    return new Endpoint(
        network.name(),
        network.id(),
        interfaceName,
        lease.address(),
        network.subnet().prefixLength(),
        network.internal() ? "" : network.gateway(),
        JsonIn.text(made, "mac_address"),
        nameServers);
  }

  void tearDown(Network network, Lease lease) throws IOException {
    try {
      String _ = call("teardown", network, lease);
    } catch (CooperException.Failed e) {
      // Rules that another program has removed are what was wanted; the interfaces go with the
      // network namespace.
      if (!e.getMessage().contains("No chain/target/match by that name")) {
        throw e;
      }
    }
  }

  private String call(String action, Network network, Lease lease) throws IOException {
    Files.createDirectories(directory);
    List<String> arguments = new ArrayList<>(List.of("--config", directory.toString()));
    find("aardvark-dns")
        .ifPresent(names -> arguments.addAll(List.of("--aardvark-binary", names.toString())));
    arguments.addAll(List.of(action, lease.connection().namespace().toString()));
    Tool.Outcome outcome = Tool.run(program, arguments, request(network, lease));
    if (outcome.exitCode() != 0) {
      String error = JsonIn.text(JsonIn.object(outcome.output()), "error");
      throw new CooperException.Failed(
          "network "
              + network.name()
              + ": netavark "
              + action
              + " failed: "
              + (error.isEmpty() ? (outcome.error() + outcome.output()).strip() : error));
    }
    return outcome.output();
  }

  private static byte[] request(Network network, Lease lease) {
    Connection connection = lease.connection();
    return JsonOut.object(
        json -> {
          json.text("container_id", connection.containerId());
          json.text("container_name", connection.containerName());
          json.object(
              "networks",
              networks ->
                  networks.object(
                      network.name(),
                      o ->
                          o.texts("static_ips", List.of(lease.address()))
                              .text("interface_name", connection.interfaceName())
                              .texts("aliases", aliases(connection))));
          json.object(
              "network_info", networks -> networks.object(network.name(), o -> write(o, network)));
          json.array(
              "port_mappings",
              ports -> connection.ports().forEach(p -> ports.element(o -> write(o, p))));
        });
  }

  /** Docker lets a container be found by the beginning of its id too. */
  private static List<String> aliases(Connection connection) {
    List<String> aliases = new ArrayList<>(connection.aliases());
    String id = connection.containerId();
    aliases.add(id.substring(0, Math.min(12, id.length())));
    return aliases;
  }

  private static void write(JsonOut json, Network network) {
    json.text("name", network.name()).text("id", network.id()).text("driver", "bridge");
    json.text("network_interface", network.bridge());
    json.array(
        "subnets",
        subnets ->
            subnets.element(
                o ->
                    o.text("subnet", network.subnet().toString())
                        .text("gateway", network.gateway())));
    json.flag("ipv6_enabled", false).flag("internal", network.internal());
    json.flag("dns_enabled", network.names());
    json.object("ipam_options", o -> o.text("driver", "host-local"));
  }

  private static void write(JsonOut json, PublishedPort port) {
    json.text("host_ip", port.hostAddress()).number("host_port", port.hostPort());
    json.number("container_port", port.containerPort()).number("range", 1);
    json.text("protocol", port.protocol());
  }
}
