package dev.cooper.explore;

import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.Json;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An image as one HTML page: layers, a map of the files, search, wasted space, history, config.
 *
 * <p>The page stands alone and asks nothing of a network. What comes from the image is data in it,
 * shown as text; the page's security policy names its one script by hash, so that nothing else in
 * the page can run. The same image gives the same page.
 */
public final class HtmlPage {
  private static final int WASTE_ROWS = 200;

  /**
   * Folders within folders as they are; deeper ones, which only an image made to be so has, would
   * be too much for what writes JSON and for the page's script.
   */
  private static final int DEEPEST = 60;

  private HtmlPage() {}

  /**
   * The page, in UTF-8.
   *
   * @param name what to call the image
   */
  public static byte[] of(ExploredImage image, String name) throws IOException {
    String script = resource("page.js");
    String style = resource("page.css");
    // "<" only ever stands inside a JSON text, where an escape means the same.
    String data =
        Json.builder()
            .build()
            .type(Object.class)
            .toJson(data(image, VisibleText.of(name)))
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026");
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("SCRIPT_HASH", hash(script));
    parts.put("STYLE_HASH", hash(style));
    parts.put("TITLE", escaped(VisibleText.of(name)) + " · layers");
    parts.put("STYLE", style);
    parts.put("DATA", data);
    parts.put("SCRIPT", script);
    return filled(resource("page.html"), parts).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> data(ExploredImage image, String name) {
    LayersReport report = image.layers();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("facts", facts(image, report));
    List<Object> layers = new ArrayList<>();
    for (LayerSummary layer : report.layers()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("instruction", VisibleText.of(layer.instruction().text()));
      fields.put("size", layer.size());
      fields.put("added", layer.count(ChangeKind.ADDED));
      fields.put("changed", layer.count(ChangeKind.CHANGED));
      fields.put("removed", layer.count(ChangeKind.REMOVED));
      layers.add(fields);
    }
    data.put("layers", layers);
    data.put("tree", node(image.tree().root(), 0, new HashSet<>()));
    data.put(
        "wasteSum",
        report.waste().isEmpty()
            ? "Nothing is wasted."
            : String.format(
                Locale.ROOT,
                "Efficiency %.1f %%. %,d bytes wasted in %s, %,d of the bytes in no container.",
                100 * report.efficiency(),
                report.wasted(),
                report.waste().size() == 1 ? "1 path" : report.waste().size() + " paths",
                report.reclaimable()));
    List<Object> waste = new ArrayList<>();
    for (Waste path : report.waste().subList(0, Math.min(WASTE_ROWS, report.waste().size()))) {
      waste.add(List.of(path.count(), path.bytes(), "/" + VisibleText.of(path.path())));
    }
    data.put("waste", waste);
    List<Object> history = new ArrayList<>();
    for (History step : image.image().config().history()) {
      String text =
          LayerInstruction.readable(step.createdBy() == null ? "" : step.createdBy())
              + (step.created() == null ? "" : " (" + date(step.created()) + ")");
      history.add(List.of(VisibleText.of(text), step.isEmptyLayer()));
    }
    data.put("history", history);
    data.put("config", config(image.image().config().config()));
    return data;
  }

  private static List<Object> facts(ExploredImage image, LayersReport report) {
    Digest id = image.image().configDigest();
    List<Object> facts = new ArrayList<>();
    facts.add(List.of("Image ID", id.shortHex()));
    facts.add(
        List.of(
            "Platform",
            VisibleText.of(
                image.image().config().os() + "/" + image.image().config().architecture())));
    facts.add(
        List.of(
            "Created",
            image.image().config().created() == null
                ? "unknown"
                : date(image.image().config().created())));
    facts.add(List.of("Layers", Integer.toString(report.layers().size())));
    facts.add(List.of("Bytes in layers", String.format(Locale.ROOT, "%,d", report.size())));
    facts.add(
        List.of("Efficiency", String.format(Locale.ROOT, "%.1f %%", 100 * report.efficiency())));
    return facts;
  }

  private static String date(Instant instant) {
    return instant
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", " UTC");
  }

  /**
   * A file: name, layer, size. A folder: name, layer, children. Of several names of one file the
   * first has its size, the others 0. A folder that lies too deep has all that is below it as its
   * own children, their names being paths.
   */
  private static List<Object> node(FileNode node, int depth, Set<Integer> counted) {
    if (!node.isDirectory()) {
      return List.of(VisibleText.of(node.name()), node.layer(), size(node, counted));
    }
    List<Object> children = new ArrayList<>(node.children().size());
    if (depth < DEEPEST) {
      for (FileNode child : node.children()) {
        children.add(node(child, depth + 1, counted));
      }
    } else {
      flatten(node, counted, children);
    }
    return List.of(VisibleText.of(node.name()), node.layer(), children);
  }

  /** Adds the files and empty folders below a folder, in the order of the tree. */
  private static void flatten(FileNode folder, Set<Integer> counted, List<Object> into) {
    int from = folder.path().length() + 1;
    Deque<FileNode> rest = new ArrayDeque<>(folder.children());
    while (!rest.isEmpty()) {
      FileNode node = rest.removeFirst();
      List<FileNode> children = node.children();
      if (children.isEmpty()) {
        into.add(
            List.of(
                VisibleText.of(node.path().substring(from)),
                node.layer(),
                node.isDirectory() ? List.of() : size(node, counted)));
      }
      children.reversed().forEach(rest::addFirst);
    }
  }

  private static long size(FileNode file, Set<Integer> counted) {
    return file.linkCount() < 2 || counted.add(file.inodeKey()) ? file.size() : 0L;
  }

  private static List<Object> config(ContainerConfig config) {
    List<Object> rows = new ArrayList<>();
    row(rows, "Entrypoint", String.join(" ", config.entrypoint()));
    row(rows, "Command", String.join(" ", config.cmd()));
    row(rows, "User", config.user());
    row(rows, "Working folder", config.workingDir());
    config.env().forEach(variable -> row(rows, "Environment", variable));
    config.exposedPorts().forEach(port -> row(rows, "Port", port));
    config.volumes().forEach(volume -> row(rows, "Volume", volume));
    config.labels().forEach((key, value) -> row(rows, "Label", key + "=" + value));
    row(rows, "Stop signal", config.stopSignal() == null ? "" : config.stopSignal());
    return rows;
  }

  private static void row(List<Object> rows, String term, String value) {
    if (!value.isEmpty()) {
      rows.add(List.of(term, VisibleText.of(value)));
    }
  }

  /** Fills each {@code @NAME@} in once; what is filled in is not looked through again. */
  private static String filled(String page, Map<String, String> parts) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (true) {
      int start = page.indexOf('@', at);
      int end = start < 0 ? -1 : page.indexOf('@', start + 1);
      String part = end < 0 ? null : parts.get(page.substring(start + 1, end));
      if (part == null) {
        return result.append(page, at, page.length()).toString();
      }
      result.append(page, at, start).append(part);
      at = end + 1;
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String hash(String text) {
    byte[] hash = Digest.newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packed without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
