package dev.cooper.runtime.network;

import dev.cooper.runtime.JsonIn;
import dev.cooper.runtime.JsonOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An address in use, as it is written down: for whom, and with which ports of the host.
 *
 * @param address the address
 * @param connection what was asked for
 */
record Lease(String address, Connection connection) {
  byte[] toJson() {
    return JsonOut.object(
        json -> {
          json.text("address", address);
          json.text("container", connection.containerId());
          json.text("name", connection.containerName());
          json.text("namespace", connection.namespace().toString());
          json.text("interface", connection.interfaceName());
          json.texts("aliases", connection.aliases());
          json.array(
              "ports", ports -> connection.ports().forEach(p -> ports.element(o -> write(o, p))));
        });
  }

  private static void write(JsonOut json, PublishedPort port) {
    json.text("hostAddress", port.hostAddress()).number("hostPort", port.hostPort());
    json.number("containerPort", port.containerPort()).text("protocol", port.protocol());
  }

  /** Empty if the text is not a lease, as when writing it was cut short. */
  static Optional<Lease> parse(String text) {
    Map<String, Object> json = JsonIn.object(text);
    if (!json.containsKey("address")) {
      return Optional.empty();
    }
    List<PublishedPort> ports = new ArrayList<>();
    for (Map<String, Object> port : JsonIn.objects(json, "ports")) {
      ports.add(
          new PublishedPort(
              JsonIn.text(port, "hostAddress"),
              (int) JsonIn.number(port, "hostPort", 0),
              (int) JsonIn.number(port, "containerPort", 0),
              JsonIn.text(port, "protocol")));
    }
    List<String> aliases = new ArrayList<>();
    JsonIn.list(json, "aliases").forEach(alias -> aliases.add(String.valueOf(alias)));
    return Optional.of(
        new Lease(
            JsonIn.text(json, "address"),
            new Connection(
                JsonIn.text(json, "container"),
                JsonIn.text(json, "name"),
                java.nio.file.Path.of(JsonIn.text(json, "namespace")),
                JsonIn.text(json, "interface"),
                Optional.empty(),
                aliases,
                ports)));
  }
}
