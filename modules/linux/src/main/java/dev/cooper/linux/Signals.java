package dev.cooper.linux;

import java.util.Map;
import java.util.function.Consumer;

/** Signals sent to this process, and their names and numbers (x86-64 and arm64). */
public final class Signals {
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("TRAP", 5),
          Map.entry("ABRT", 6),
          Map.entry("IOT", 6),
          Map.entry("BUS", 7),
          Map.entry("FPE", 8),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15),
          Map.entry("STKFLT", 16),
          Map.entry("CHLD", 17),
          Map.entry("CLD", 17),
          Map.entry("CONT", 18),
          Map.entry("STOP", 19),
          Map.entry("TSTP", 20),
          Map.entry("TTIN", 21),
          Map.entry("TTOU", 22),
          Map.entry("URG", 23),
          Map.entry("XCPU", 24),
          Map.entry("XFSZ", 25),
          Map.entry("VTALRM", 26),
          Map.entry("PROF", 27),
          Map.entry("WINCH", 28),
          Map.entry("IO", 29),
          Map.entry("POLL", 29),
          Map.entry("PWR", 30),
          Map.entry("SYS", 31),
          Map.entry("RTMIN", 34),
          Map.entry("RTMAX", 64));

  private static final int HIGHEST = 64;

  private Signals() {}

  /**
   * The number of a signal given as {@code TERM}, {@code SIGTERM}, {@code RTMIN+3} or {@code 15},
   * in any case.
   *
   * @throws IllegalArgumentException if there is no such signal
   */
  public static int number(String name) {
    String upper = name.strip().toUpperCase(java.util.Locale.ROOT);
    String bare = upper.startsWith("SIG") ? upper.substring(3) : upper;
    Integer known = NUMBERS.get(bare);
    if (known != null) {
      return known;
    }
    try {
      int number;
      if (bare.startsWith("RTMIN+")) {
        number = 34 + Integer.parseUnsignedInt(bare.substring(6));
      } else if (bare.startsWith("RTMAX-")) {
        number = HIGHEST - Integer.parseUnsignedInt(bare.substring(6));
      } else {
        number = Integer.parseUnsignedInt(upper);
      }
      if (number >= 1 && number <= HIGHEST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Not a number either.
    }
    throw new IllegalArgumentException("Invalid signal: " + name);
  }

  /**
   * Hands a signal sent to this process to {@code handler}, on a thread of its own, instead of what
   * would otherwise happen; until the answer is closed.
   *
   * @param name without SIG, such as {@code WINCH}
   * @throws IllegalArgumentException if the virtual machine keeps this signal for itself
   */
  public static Handling handle(String name, Consumer<String> handler) {
    var signal = new sun.misc.Signal(name);
    var before = sun.misc.Signal.handle(signal, received -> handler.accept(received.getName()));
    return () -> sun.misc.Signal.handle(signal, before);
  }

  /** A handler in place. */
  public interface Handling extends AutoCloseable {
    /** Brings back what was there before. */
    @Override
    void close();
  }
}
