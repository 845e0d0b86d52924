package dev.cooper.cli.explore;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.ImageDifference;
import dev.cooper.explore.VisibleText;
import java.io.PrintStream;

/** {@code cooper diff IMAGE IMAGE}: files, config and software of two images. */
public final class ImageDiff {
  private ImageDiff() {}

  /** Prints how the second image differs from the first. */
  public static void print(Cooper cooper, String before, String after, Invocation invocation)
      throws Exception {
    try (ExploredImage old = cooper.images().explore(before);
        ExploredImage now = cooper.images().explore(after)) {
      ImageDifference difference = ImageDifference.between(old, now, cooper.images().facts());
      PrintStream out = invocation.console().out();
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
        out.println(
            "config "
                + VisibleText.of(setting.name())
                + ": "
                + shown(setting.before())
                + " -> "
                + shown(setting.after()));
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

  private static String shown(String value) {
    return value.isEmpty() ? "(none)" : VisibleText.of(value);
  }
}
