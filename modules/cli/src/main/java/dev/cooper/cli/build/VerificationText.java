package dev.cooper.cli.build;

import dev.cooper.api.Verification;
import dev.cooper.cli.explore.ImageDiff;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.explore.difference.ImageDifference.FileDifference;
import dev.cooper.explore.difference.ImageDifference.SettingDifference;
import dev.cooper.explore.difference.RebuildDifference.LayerDifference;
import dev.cooper.explore.fact.VisibleText;
import java.io.PrintStream;

/** What a verification found, for people. */
final class VerificationText {
  private final String name;
  private final PrintStream out;

  VerificationText(String name, PrintStream out) {
    this.name = name;
    this.out = out;
  }

  void print(Verification verification) {
    String how =
        verification.epoch().isPresent()
            ? "with SOURCE_DATE_EPOCH=" + verification.epoch().get().getEpochSecond()
            : "times left aside: the image was made without SOURCE_DATE_EPOCH";
    if (verification.isSame()) {
      out.println(name + ": the same comes out (" + how + ")" + id(verification));
      return;
    }
    out.println(name + ": something else comes out (" + how + ")");
    for (Verification.PlatformVerification each : verification.platforms()) {
      if (verification.platforms().size() > 1) {
        out.println(each.platform() + ":");
      }
      print(each);
    }
  }

  /** The image's id, where it is that of what came out. */
  private static String id(Verification verification) {
    Verification.PlatformVerification only = verification.platforms().getFirst();
    return verification.platforms().size() == 1 && only.image().equals(only.rebuilt())
        ? ": " + only.image()
        : "";
  }

  private void print(Verification.PlatformVerification each) {
    out.println("id: " + each.image() + " -> " + each.rebuilt());
    if (each.difference().isEmpty() && !each.image().equals(each.rebuilt())) {
      out.println("config: written by another builder in other words, with the same meaning");
    }
    for (SettingDifference setting : each.difference().config()) {
      out.println(ImageDiff.line(setting));
    }
    for (LayerDifference layer : each.difference().layers()) {
      print(layer);
    }
  }

  private void print(LayerDifference layer) {
    boolean one = layer.before().isPresent() && layer.after().isPresent();
    out.println(
        (one ? "layer " + layer.number() : "layers from " + layer.number())
            + (layer.instruction().isEmpty()
                ? ""
                : " (" + VisibleText.of(layer.instruction()) + ")")
            + (one ? ": " + layer.before().get() + " -> " + layer.after().get() : ""));
    if (layer.files().isEmpty()) {
      out.println("  the same files, in an archive that is written differently");
    }
    for (FileDifference file : layer.files()) {
      out.println(
          "  "
              + file.kind().letter()
              + " /"
              + VisibleText.of(file.path())
              + (file.what().isEmpty()
                  ? (file.entry().isFile() ? " (" + HumanSize.of(file.entry().size()) + ")" : "")
                  : " (" + file.what() + ")"));
    }
  }
}
