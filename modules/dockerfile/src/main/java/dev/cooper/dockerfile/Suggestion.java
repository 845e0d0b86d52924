package dev.cooper.dockerfile;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names what was probably meant. */
final class Suggestion {
  /** From this number of edits on, words have nothing to do with each other. */
  private static final int TOO_FAR = 3;

  private Suggestion() {}

  /**
   * The option nearest to a value: fewer than three edits away; of equally near ones the first that
   * starts alike, else the first. Null if there is none, and if the value is itself an option.
   */
  static @Nullable String closest(String value, Collection<String> options) {
    String best = null;
    int bestDistance = TOO_FAR;
    boolean bestStartsAlike = false;
    for (String option : options) {
      if (option.equals(value)) {
        return null;
      }
      boolean startsAlike =
          !value.isEmpty() && !option.isEmpty() && option.charAt(0) == value.charAt(0);
      int distance = distance(value, option);
      boolean nearer =
          distance == bestDistance
              ? best != null && startsAlike && !bestStartsAlike
              : distance < bestDistance;
      if (nearer) {
        best = option;
        bestDistance = distance;
        bestStartsAlike = startsAlike;
      }
    }
    return best;
  }

  /** {@code " (did you mean X?)"}, or nothing. */
  static String didYouMean(String value, Collection<String> options) {
    String match = closest(value, options);
    return match == null ? "" : " (did you mean " + match + "?)";
  }

  /** The same for upper-case options where case does not matter: the answer takes the value's. */
  static String didYouMeanAnyCase(String value, Collection<String> upperCaseOptions) {
    String match = closest(value.toUpperCase(Locale.ROOT), upperCaseOptions);
    if (match == null) {
      return "";
    }
    boolean lower = value.equals(value.toLowerCase(Locale.ROOT));
    return " (did you mean " + (lower ? match.toLowerCase(Locale.ROOT) : match) + "?)";
  }

  /** Edits between two words; at least {@link #TOO_FAR} where that is clear at once. */
  private static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) >= TOO_FAR) {
      return TOO_FAR;
    }
    int[] previous = new int[other.length() + 1];
    int[] current = new int[other.length() + 1];
    for (int column = 0; column < previous.length; column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= one.length(); row++) {
      current[0] = row;
      for (int column = 1; column < current.length; column++) {
        int replaced =
            previous[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[other.length()];
  }
}
