package dev.cooper.cli.explore;

import dev.cooper.explore.Change;
import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.LayerSummary;
import dev.cooper.explore.LayersReport;
import dev.cooper.explore.Waste;
import dev.cooper.image.layer.TarEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of an image as a document for {@code --json}. Sizes are in bytes. */
final class LayersDocument {
  private LayersDocument() {}

  static Map<String, Object> of(
      ExploredImage image, LayersReport report, @Nullable Integer only, boolean changes) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Id", image.image().configDigest().toString());
    document.put("Size", report.size());
    document.put("UserSize", report.userSize());
    document.put("Efficiency", report.efficiency());
    document.put("WastedBytes", report.wasted());
    document.put("UserWastedPercent", report.userWasted());
    document.put("ReclaimableBytes", report.reclaimable());
    List<Object> layers = new ArrayList<>();
    for (LayerSummary layer : report.layers()) {
      if (only == null || only == layer.number()) {
        layers.add(layer(layer, changes));
      }
    }
    document.put("Layers", layers);
    List<Object> waste = new ArrayList<>();
    for (Waste path : report.waste()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Path", "/" + path.path());
      fields.put("Count", path.count());
      fields.put("Bytes", path.bytes());
      fields.put("ReclaimableBytes", path.reclaimable());
      waste.add(fields);
    }
    document.put("Waste", waste);
    return document;
  }

  private static Map<String, Object> layer(LayerSummary layer, boolean changes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Number", layer.number());
    fields.put("Instruction", layer.instruction().text());
    fields.put("Created", layer.instruction().created().map(Object::toString).orElse(""));
    fields.put("Digest", layer.blob().toString());
    fields.put("DiffID", layer.diffId().toString());
    fields.put("Size", layer.size());
    fields.put("StoredSize", layer.storedSize());
    fields.put("Added", layer.count(ChangeKind.ADDED));
    fields.put("Changed", layer.count(ChangeKind.CHANGED));
    fields.put("Removed", layer.count(ChangeKind.REMOVED));
    if (changes) {
      List<Object> list = new ArrayList<>();
      for (Change change : layer.changes()) {
        list.add(change(change));
      }
      fields.put("Changes", list);
    }
    return fields;
  }

  private static Map<String, Object> change(Change change) {
    TarEntry entry = change.entry();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Change", change.kind().word());
    fields.put("Path", "/" + change.path());
    fields.put("Type", Attributes.type(entry));
    fields.put("Mode", String.format(java.util.Locale.ROOT, "%04o", entry.mode()));
    fields.put("Uid", entry.uid());
    fields.put("Gid", entry.gid());
    fields.put("Size", change.size());
    if (!entry.linkTarget().isEmpty()) {
      fields.put("Target", entry.linkTarget());
    }
    return fields;
  }
}
