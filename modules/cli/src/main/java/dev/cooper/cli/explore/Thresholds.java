package dev.cooper.cli.explore;

import dev.cooper.cli.format.HumanSize;
import dev.cooper.explore.LayersReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an image has to keep to.
 *
 * @param lowestEfficiency from 0 to 1
 * @param highestWasted bytes; null for any number
 * @param highestUserWasted in proportion to the bytes above the bottom layer
 */
record Thresholds(double lowestEfficiency, @Nullable Long highestWasted, double highestUserWasted) {

  /** One check: its name, whether it holds (null: not asked for), and why not. */
  record Verdict(String name, @Nullable Boolean passed, String detail) {}

  static Thresholds of(double lowestEfficiency, @Nullable String wasted, double userWasted) {
    return new Thresholds(
        lowestEfficiency, wasted == null ? null : HumanSize.parse(wasted), userWasted);
  }

  List<Verdict> check(LayersReport report) {
    return List.of(
        new Verdict(
            "lowestEfficiency",
            report.efficiency() >= lowestEfficiency,
            format(
                "efficiency %.4f, at least %.4f is asked for",
                report.efficiency(), lowestEfficiency)),
        new Verdict(
            "highestWastedBytes",
            highestWasted == null ? null : report.wasted() <= highestWasted,
            highestWasted == null
                ? ""
                : format("%d bytes wasted, at most %d allowed", report.wasted(), highestWasted)),
        new Verdict(
            "highestUserWastedPercent",
            report.userWasted() <= highestUserWasted,
            format(
                "%.4f of the bytes above the bottom layer wasted, at most %.4f allowed",
                report.userWasted(), highestUserWasted)));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
