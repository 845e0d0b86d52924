package dev.cooper.cli.explore;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.JsonText;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.difference.ImageDifference;
import dev.cooper.explore.fact.VisibleText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code cooper diff IMAGE IMAGE}: files, config and software of two images. */
public final class ImageDiff {
  private ImageDiff() {}

  /** Prints how the second image differs from the first. */
  public static void print(
      Cooper cooper, String before, String after, boolean json, Invocation invocation)
      throws Exception {
    try (ExploredImage old = cooper.images().explore(before);
        ExploredImage now = cooper.images().explore(after)) {
      ImageDifference difference = ImageDifference.between(old, now, cooper.images().facts());
      PrintStream out = invocation.console().out();
      if (json) {
        out.println(JsonText.indented(document(difference)));
        return;
      }
      for (ImageDifference.FileDifference file : difference.files()) {
        out.println(
            file.kind().letter()
                + " /"
                + VisibleText.of(file.path())
                + (file.what().isEmpty()
                    ? (file.entry().isFile() ? " (" + HumanSize.of(file.entry().size()) + ")" : "")
                    : " (" + file.what() + ")"));
      }
      for (ImageDifference.SettingDifference setting : difference.settings()) {
        out.println(line(setting));
      }
      for (ImageDifference.ComponentDifference component : difference.components()) {
        out.println(
            component.type()
                + " "
                + VisibleText.of(component.name())
                + ": "
                + shown(component.before())
                + " -> "
                + shown(component.after()));
      }
    }
  }

  private static Map<String, Object> document(ImageDifference difference) {
    List<Object> files = new ArrayList<>();
    for (ImageDifference.FileDifference file : difference.files()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Path", "/" + file.path());
      fields.put("Change", file.kind().word());
      fields.put("Type", Attributes.type(file.entry()));
      fields.put("Size", file.entry().size());
      fields.put("What", file.what());
      files.add(fields);
    }
    List<Object> settings = new ArrayList<>();
    for (ImageDifference.SettingDifference setting : difference.settings()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Name", setting.name());
      fields.put("Before", setting.before());
      fields.put("After", setting.after());
      settings.add(fields);
    }
    List<Object> packages = new ArrayList<>();
    for (ImageDifference.ComponentDifference component : difference.components()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Type", component.type());
      fields.put("Name", component.name());
      fields.put("Before", component.before());
      fields.put("After", component.after());
      packages.add(fields);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Files", files);
    document.put("Config", settings);
    document.put("Packages", packages);
    return document;
  }

  /** A setting of the config that differs, as one line. */
  public static String line(ImageDifference.SettingDifference setting) {
    return "config "
        + VisibleText.of(setting.name())
        + ": "
        + shown(setting.before())
        + " -> "
        + shown(setting.after());
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(none)" : VisibleText.of(value);
  }
}
