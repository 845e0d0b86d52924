package dev.cooper.explore;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How two images differ, as containers would see them; how they are cut into layers does not
 * matter.
 *
 * @param files by path; dates do not count. Of two files of one size the contents are compared,
 *     unless both images have them from the same place in the same layer
 * @param settings of the config
 * @param components the software; a new version is one difference
 */
public record ImageDifference(
    List<FileDifference> files,
    List<SettingDifference> settings,
    List<ComponentDifference> components) {
  public ImageDifference {
    files = List.copyOf(files);
    settings = List.copyOf(settings);
    components = List.copyOf(components);
  }

  /**
   * @param path without a leading slash
   * @param what what changed, in words, such as {@code content, mode 0644 to 0755}; empty for a
   *     file that only one image has
   */
  public record FileDifference(ChangeKind kind, String path, TarEntry entry, String what) {}

  /** One field of the config; empty where an image does not set it. */
  public record SettingDifference(String name, String before, String after) {}

  /** One piece of software; a version is empty where an image does not have it. */
  public record ComponentDifference(String type, String name, String before, String after) {}

  public boolean isEmpty() {
    return files.isEmpty() && settings.isEmpty() && components.isEmpty();
  }

  /** Compares {@code after} with {@code before}. */
  public static ImageDifference between(ExploredImage before, ExploredImage after, FactsCache cache)
      throws IOException {
    return new ImageDifference(
        files(before, after),
        settings(before.image().config(), after.image().config()),
        components(
            BillOfMaterials.of(before, "before", cache),
            BillOfMaterials.of(after, "after", cache)));
  }

  private static List<FileDifference> files(ExploredImage before, ExploredImage after)
      throws IOException {
    List<FileDifference> differences = new ArrayList<>();
    FileTree old = before.tree();
    for (FileNode node : after.tree().walk()) {
      FileNode was = old.lookup(node.path());
      if (was == null) {
        differences.add(new FileDifference(ChangeKind.ADDED, node.path(), node.entry(), ""));
      } else {
        String what = what(before, was, after, node);
        if (!what.isEmpty()) {
          differences.add(new FileDifference(ChangeKind.CHANGED, node.path(), node.entry(), what));
        }
      }
    }
    for (FileNode node : old.walk()) {
      if (after.tree().lookup(node.path()) == null) {
        differences.add(new FileDifference(ChangeKind.REMOVED, node.path(), node.entry(), ""));
      }
    }
    differences.sort((a, b) -> PathBytes.compare(a.path(), b.path()));
    return differences;
  }

  private static String what(ExploredImage before, FileNode was, ExploredImage after, FileNode node)
      throws IOException {
    TarEntry a = was.entry();
    TarEntry b = node.entry();
    if (a.type() != b.type()) {
      return "was " + word(a.type()) + ", is " + word(b.type());
    }
    List<String> parts = new ArrayList<>();
    if (node.isFile() && !before.sameContent(was, after, node)) {
      parts.add("content");
    }
    if (!a.linkTarget().equals(b.linkTarget())) {
      parts.add(
          "target " + VisibleText.of(a.linkTarget()) + " to " + VisibleText.of(b.linkTarget()));
    }
    if (a.mode() != b.mode()) {
      parts.add(String.format(java.util.Locale.ROOT, "mode %04o to %04o", a.mode(), b.mode()));
    }
    if (a.uid() != b.uid() || a.gid() != b.gid()) {
      parts.add("owner " + a.uid() + ":" + a.gid() + " to " + b.uid() + ":" + b.gid());
    }
    if (parts.isEmpty()
        && !a.withModified(Instant.EPOCH)
            .withNames("", "")
            .equals(b.withModified(Instant.EPOCH).withNames("", ""))) {
      parts.add("attributes");
    }
    return String.join(", ", parts);
  }

  private static String word(EntryType type) {
    return type.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static List<SettingDifference> settings(ImageConfig before, ImageConfig after) {
    Map<String, String> old = settings(before);
    Map<String, String> now = settings(after);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    List<SettingDifference> differences = new ArrayList<>();
    for (String name : names) {
      String a = old.getOrDefault(name, "");
      String b = now.getOrDefault(name, "");
      if (!a.equals(b)) {
        differences.add(new SettingDifference(name, a, b));
      }
    }
    return differences;
  }

  private static Map<String, String> settings(ImageConfig image) {
    ContainerConfig config = image.config();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("Platform", image.os() + "/" + image.architecture());
    settings.put("User", config.user());
    settings.put("WorkingDir", config.workingDir());
    settings.put("Entrypoint", config.entrypoint().isEmpty() ? "" : config.entrypoint().toString());
    settings.put("Cmd", config.cmd().isEmpty() ? "" : config.cmd().toString());
    settings.put("StopSignal", config.stopSignal() == null ? "" : config.stopSignal());
    settings.put("Shell", config.shell().isEmpty() ? "" : config.shell().toString());
    settings.put(
        "Healthcheck", config.healthcheck() == null ? "" : config.healthcheck().toString());
    for (String variable : config.env()) {
      int equals = variable.indexOf('=');
      settings.put(
          "Env " + (equals < 0 ? variable : variable.substring(0, equals)),
          equals < 0 ? "" : variable.substring(equals + 1));
    }
    config.labels().forEach((key, value) -> settings.put("Label " + key, value));
    config.exposedPorts().forEach(port -> settings.put("Port " + port, "exposed"));
    config.volumes().forEach(volume -> settings.put("Volume " + volume, "yes"));
    return settings;
  }

  private static List<ComponentDifference> components(
      BillOfMaterials before, BillOfMaterials after) {
    Map<String, TreeSet<String>> old = versions(before);
    Map<String, TreeSet<String>> now = versions(after);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    List<ComponentDifference> differences = new ArrayList<>();
    for (String name : names) {
      String a = String.join(", ", old.getOrDefault(name, new TreeSet<>()));
      String b = String.join(", ", now.getOrDefault(name, new TreeSet<>()));
      if (!a.equals(b)) {
        int blank = name.indexOf(' ');
        differences.add(
            new ComponentDifference(name.substring(0, blank), name.substring(blank + 1), a, b));
      }
    }
    return differences;
  }

  private static Map<String, TreeSet<String>> versions(BillOfMaterials bill) {
    Map<String, TreeSet<String>> versions = new TreeMap<>();
    for (Component component : bill.components()) {
      String name =
          component.type()
              + " "
              + (component.type().equals("maven") || component.type().equals("npm")
                  ? (component.namespace().isEmpty() ? "" : component.namespace() + "/")
                  : "")
              + component.name();
      versions.computeIfAbsent(name, n -> new TreeSet<>()).add(component.version());
    }
    return versions;
  }
}
