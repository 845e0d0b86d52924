package dev.cooper.cli.explore;

import dev.cooper.cli.format.HumanSize;
import dev.cooper.explore.LayersReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image has to keep to.
 *
 * @param lowestEfficiency from 0 to 1
 * @param highestWasted bytes; null for any number
 * @param highestUserWasted in proportion to the bytes above the bottom layer
 */
record Thresholds(double lowestEfficiency, @Nullable Long highestWasted, double highestUserWasted) {
  private static final int DIGITS = 4;

  /** One check: its name, whether it holds (null: not asked for), and why not. */
  record Verdict(String name, @Nullable Boolean passed, String detail) {
    /** {@code PASS}, {@code FAIL} or {@code SKIP}, as dive says it. */
    String word() {
      return passed == null ? "SKIP" : passed ? "PASS" : "FAIL";
    }
  }

  static Thresholds of(double lowestEfficiency, @Nullable String wasted, double userWasted) {
    return new Thresholds(
        lowestEfficiency, wasted == null ? null : HumanSize.parse(wasted), userWasted);
  }

  List<Verdict> check(LayersReport report) {
    return List.of(
        new Verdict(
            "lowestEfficiency",
            report.efficiency() >= lowestEfficiency,
            compared(
                "efficiency %s, at least %s is asked for", report.efficiency(), lowestEfficiency)),
        new Verdict(
            "highestWastedBytes",
            highestWasted == null ? null : report.wasted() <= highestWasted,
            highestWasted == null
                ? ""
                : format("%d bytes wasted, at most %d allowed", report.wasted(), highestWasted)),
        new Verdict(
            "highestUserWastedPercent",
            report.userWasted() <= highestUserWasted,
            compared(
                "%s of the bytes above the bottom layer wasted, at most %s allowed",
                report.userWasted(), highestUserWasted)));
  }

  /** Whether all that are asked for hold. */
  boolean hold(LayersReport report) {
    return check(report).stream().noneMatch(verdict -> Boolean.FALSE.equals(verdict.passed()));
  }

  /** The checks for {@code --json}. */
  List<Object> document(LayersReport report) {
    List<Object> checks = new ArrayList<>();
    for (Verdict verdict : check(report)) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Name", verdict.name());
      fields.put("Result", verdict.word());
      fields.put("Detail", Boolean.FALSE.equals(verdict.passed()) ? verdict.detail() : "");
      checks.add(fields);
    }
    return checks;
  }

  /** Two ratios with four digits, or as many more as it takes to see that they differ. */
  static String compared(String text, double found, double asked) {
    int digits = DIGITS;
    while (found != asked && rounded(found, digits).equals(rounded(asked, digits))) {
      digits++;
    }
    return format(text, rounded(found, digits), rounded(asked, digits));
  }

  private static String rounded(double ratio, int digits) {
    return BigDecimal.valueOf(ratio).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
