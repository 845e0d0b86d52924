package dev.cooper.explore.bill;

import dev.cooper.explore.fact.VisibleText;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A bill of materials as CycloneDX 1.5. The same image gives the same document. */
public final class CycloneDxDocument {
  private CycloneDxDocument() {}

  /**
   * The document as maps and lists, in the order of the specification, for a JSON writer.
   *
   * @param tool the name of the program that made it
   * @param version its version
   */
  public static Map<String, Object> of(BillOfMaterials bill, String tool, String version) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bomFormat", "CycloneDX");
    document.put("specVersion", "1.5");
    String digest = bill.image().configDigest().toString();
    document.put(
        "serialNumber",
        "urn:uuid:" + UUID.nameUUIDFromBytes(digest.getBytes(StandardCharsets.US_ASCII)));
    document.put("version", 1);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("timestamp", bill.created().truncatedTo(ChronoUnit.SECONDS).toString());
    Map<String, Object> maker = new LinkedHashMap<>();
    maker.put("type", "application");
    maker.put("name", tool);
    maker.put("version", version);
    metadata.put("tools", Map.of("components", List.of(maker)));
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("type", "container");
    image.put("bom-ref", "image");
    image.put("name", bill.name());
    image.put("version", bill.image().manifestDigest().toString());
    metadata.put("component", image);
    document.put("metadata", metadata);
    List<Object> components = new ArrayList<>();
    if (!bill.distribution().id().isEmpty()) {
      components.add(system(bill.distribution()));
    }
    for (Component component : bill.components()) {
      components.add(component(component));
    }
    document.put("components", components);
    return document;
  }

  private static Map<String, Object> system(Distribution distribution) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "operating-system");
    fields.put("bom-ref", "system");
    fields.put("name", distribution.id());
    fields.put("version", distribution.version());
    return fields;
  }

  private static Map<String, Object> component(Component component) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "library");
    fields.put("bom-ref", component.purl());
    if (component.isGrouped()) {
      fields.put("group", component.namespace());
    }
    fields.put("name", component.name());
    fields.put("version", component.version());
    if (!component.license().isEmpty()) {
      fields.put("licenses", List.of(Map.of("license", Map.of("name", component.license()))));
    }
    fields.put("purl", component.purl());
    List<Object> properties = new ArrayList<>();
    properties.add(property("cooper:path", VisibleText.of(component.path())));
    component
        .layer()
        .ifPresent(layer -> properties.add(property("cooper:layer", Integer.toString(layer + 1))));
    fields.put("properties", properties);
    return fields;
  }

  private static Map<String, Object> property(String name, String value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("value", value);
    return fields;
  }
}
