package dev.cooper.runtime.network;

import dev.cooper.runtime.JsonIn;
import dev.cooper.runtime.JsonOut;
import java.time.Instant;
import java.util.Map;

/**
 * A network of containers: a bridge of the host with addresses of its own, reaching outside through
 * the host's address (NAT).
 *
 * @param id 64 hexadecimal digits
 * @param name unique
 * @param bridge the host's interface, which exists while a container is on the network
 * @param subnet its addresses
 * @param gateway the bridge's own address
 * @param internal whether it has no way out
 * @param names whether containers find one another by name; not on the default network, as Docker
 * @param created when
 */
public record Network(
    String id,
    String name,
    String bridge,
    Subnet subnet,
    String gateway,
    boolean internal,
    boolean names,
    Instant created,
    Map<String, String> labels) {
  /** The name of the network that containers are on unless told otherwise. */
  public static final String DEFAULT = "bridge";

  public Network {
    labels = Map.copyOf(labels);
  }

  byte[] toJson() {
    return JsonOut.object(
        json -> {
          json.text("id", id).text("name", name).text("bridge", bridge);
          json.text("subnet", subnet.toString()).text("gateway", gateway);
          json.flag("internal", internal).flag("names", names);
          json.text("created", created.toString());
          json.object("labels", o -> labels.forEach(o::text));
        });
  }

  static Network parse(String text) {
    Map<String, Object> json = JsonIn.object(text);
    Map<String, Object> labels = JsonIn.member(json, "labels");
    return new Network(
        JsonIn.text(json, "id"),
        JsonIn.text(json, "name"),
        JsonIn.text(json, "bridge"),
        Subnet.parse(JsonIn.text(json, "subnet")),
        JsonIn.text(json, "gateway"),
        JsonIn.flag(json, "internal"),
        JsonIn.flag(json, "names"),
        Instant.parse(JsonIn.text(json, "created")),
        labels.keySet().stream()
            .collect(
                java.util.stream.Collectors.toMap(key -> key, key -> JsonIn.text(labels, key))));
  }
}
