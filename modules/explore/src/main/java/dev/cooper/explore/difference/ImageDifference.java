package dev.cooper.explore.difference;

import dev.cooper.explore.ChangeKind;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.bill.BillOfMaterials;
import dev.cooper.explore.bill.Component;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.io.IOException;
import java.util.ArrayList;
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
        Settings.compare(before.image().config(), after.image().config()),
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
        String what = FileComparison.WITHOUT_TIMES.what(before, was, after, node);
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
      String name = component.type() + " " + component.fullName();
      versions.computeIfAbsent(name, n -> new TreeSet<>()).add(component.version());
    }
    return versions;
  }
}
