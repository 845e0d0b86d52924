package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Signals;

/** Signals as users name them. */
final class StopSignal {
  private StopSignal() {}

  /** Returns the name as it is given. */
  static String check(String signal) {
    int unused = number(signal);
    return signal;
  }

  /**
   * The number of a signal.
   *
   * @throws CooperException.InvalidInput {@code Invalid signal: x}
   */
  static int number(String signal) {
    try {
      return Signals.number(signal);
    } catch (IllegalArgumentException e) {
      throw new CooperException.InvalidInput("Invalid signal: " + signal, null, e);
    }
  }
}
