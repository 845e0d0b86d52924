package dev.cooper.explore.bill;

import dev.cooper.explore.fact.VisibleText;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bill of materials as SPDX 2.3. The same image gives the same document. */
public final class SpdxDocument {
  private static final String NONE = "NOASSERTION";

  private SpdxDocument() {}

  /**
   * The document as maps and lists, in the order of the specification, for a JSON writer.
   *
   * @param tool who made it, such as {@code cooper-1.0}
   */
  public static Map<String, Object> of(BillOfMaterials bill, String tool) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("spdxVersion", "SPDX-2.3");
    document.put("dataLicense", "CC0-1.0");
    document.put("SPDXID", "SPDXRef-DOCUMENT");
    document.put("name", bill.name());
    document.put("documentNamespace", "urn:oci:" + bill.image().configDigest());
    Map<String, Object> creation = new LinkedHashMap<>();
    creation.put("created", bill.created().truncatedTo(ChronoUnit.SECONDS).toString());
    creation.put("creators", List.of("Tool: " + tool));
    document.put("creationInfo", creation);
    List<Object> packages = new ArrayList<>();
    List<Object> relationships = new ArrayList<>();
    packages.add(image(bill));
    relationships.add(relationship("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Image"));
    if (!bill.distribution().id().isEmpty()) {
      packages.add(system(bill.distribution()));
      relationships.add(relationship("SPDXRef-Image", "CONTAINS", "SPDXRef-System"));
    }
    int number = 0;
    for (Component component : bill.components()) {
      String id = "SPDXRef-Package-" + ++number;
      packages.add(component(component, id));
      relationships.add(relationship("SPDXRef-Image", "CONTAINS", id));
    }
    document.put("packages", packages);
    document.put("relationships", relationships);
    return document;
  }

  private static Map<String, Object> image(BillOfMaterials bill) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("SPDXID", "SPDXRef-Image");
    fields.put("name", bill.name());
    fields.put("versionInfo", bill.image().manifestDigest().toString());
    fields.put("primaryPackagePurpose", "CONTAINER");
    fields.put("downloadLocation", NONE);
    fields.put("filesAnalyzed", false);
    fields.put("licenseConcluded", NONE);
    fields.put("licenseDeclared", NONE);
    fields.put("copyrightText", NONE);
    return fields;
  }

  private static Map<String, Object> system(Distribution distribution) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("SPDXID", "SPDXRef-System");
    fields.put("name", distribution.id());
    if (!distribution.version().isEmpty()) {
      fields.put("versionInfo", distribution.version());
    }
    fields.put("primaryPackagePurpose", "OPERATING_SYSTEM");
    fields.put("downloadLocation", NONE);
    fields.put("filesAnalyzed", false);
    fields.put("licenseConcluded", NONE);
    fields.put("licenseDeclared", NONE);
    fields.put("copyrightText", NONE);
    return fields;
  }

  private static Map<String, Object> component(Component component, String id) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("SPDXID", id);
    fields.put("name", component.scopedName());
    if (!component.version().isEmpty()) {
      fields.put("versionInfo", component.version());
    }
    fields.put("downloadLocation", NONE);
    fields.put("filesAnalyzed", false);
    fields.put("sourceInfo", "from " + VisibleText.of(component.path()));
    fields.put("licenseConcluded", NONE);
    fields.put("licenseDeclared", NONE);
    if (!component.license().isEmpty()) {
      // What packages declare is often no SPDX expression, which the field would have to be.
      fields.put("licenseComments", "declared as: " + component.license());
    }
    fields.put("copyrightText", NONE);
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("referenceCategory", "PACKAGE-MANAGER");
    reference.put("referenceType", "purl");
    reference.put("referenceLocator", component.purl());
    fields.put("externalRefs", List.of(reference));
    return fields;
  }

  private static Map<String, Object> relationship(String from, String type, String to) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("spdxElementId", from);
    fields.put("relationshipType", type);
    fields.put("relatedSpdxElement", to);
    return fields;
  }
}
