package dev.cooper.builder.copy;

import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code --chmod} makes of permission bits: a number, or clauses as chmod(1) knows them
 * ({@code u=rwX,go=rX}).
 */
public final class ModeChange {
  private static final int ALL = 07777;
  private static final int EXECUTE = 0111;

  private final String text;
  private final List<Clause> clauses;

  private ModeChange(String text, List<Clause> clauses) {
    this.text = text;
    this.clauses = clauses;
  }

  /**
   * One clause.
   *
   * @param who the bits that it may change
   * @param operator {@code +}, {@code -} or {@code =}
   * @param bits what is added, removed or set, before it is cut to {@code who}
   * @param executeIfAny whether execution is meant only of directories and of what has it already
   */
  private record Clause(int who, char operator, int bits, boolean executeIfAny) {
    int apply(int mode, boolean isDirectory) {
      boolean executes = executeIfAny && (isDirectory || (mode & EXECUTE) != 0);
      int wanted = (bits | (executes ? EXECUTE : 0)) & who;
      return switch (operator) {
        case '+' -> mode | wanted;
        case '-' -> mode & ~wanted;
        // The set-id bits of directories stay unless they are named, as with chmod(1).
        default -> (mode & ~(who & (isDirectory ? 01777 : ALL))) | wanted;
      };
    }
  }

  /**
   * Reads the value of {@code --chmod}.
   *
   * @throws CooperException.InvalidInput if it is neither an octal number from 0 to 07777 nor made
   *     of clauses
   */
  public static ModeChange parse(String text) {
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '7') && text.length() < 8) {
      int mode = Integer.parseInt(text, 8);
      if (mode > ALL) {
        throw invalid(text);
      }
      return new ModeChange(text, List.of(new Clause(ALL, '!', mode, false)));
    }
    List<Clause> clauses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      clauses(part, text, clauses);
    }
    return new ModeChange(text, List.copyOf(clauses));
  }

  private static void clauses(String part, String text, List<Clause> clauses) {
    int at = 0;
    int who = 0;
    for (; at < part.length() && "ugoa".indexOf(part.charAt(at)) >= 0; at++) {
      who |=
          switch (part.charAt(at)) {
            case 'u' -> 04700;
            case 'g' -> 02070;
            case 'o' -> 01007;
            default -> ALL;
          };
    }
    if (who == 0) {
      who = ALL;
    }
    if (at == part.length()) {
      throw invalid(text);
    }
    while (at < part.length()) {
      char operator = part.charAt(at++);
      if (operator != '+' && operator != '-' && operator != '=') {
        throw invalid(text);
      }
      int bits = 0;
      boolean executeIfAny = false;
      for (; at < part.length() && "+-=".indexOf(part.charAt(at)) < 0; at++) {
        switch (part.charAt(at)) {
          case 'r' -> bits |= 0444;
          case 'w' -> bits |= 0222;
          case 'x' -> bits |= EXECUTE;
          case 'X' -> executeIfAny = true;
          case 's' -> bits |= 06000;
          case 't' -> bits |= 01000;
          default -> throw invalid(text);
        }
      }
      clauses.add(new Clause(who, operator, bits, executeIfAny));
    }
  }

  private static CooperException invalid(String text) {
    return new CooperException.InvalidInput(
        "invalid chmod parameter: '"
            + text
            + "'. it should be octal string and between 0 and 07777",
        "or clauses such as u=rwX,go=rX");
  }

  /** The permission bits that a file gets which has {@code mode}. */
  public int apply(int mode, boolean isDirectory) {
    int changed = mode;
    for (Clause clause : clauses) {
      changed = clause.operator() == '!' ? clause.bits() : clause.apply(changed, isDirectory);
    }
    return changed;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
