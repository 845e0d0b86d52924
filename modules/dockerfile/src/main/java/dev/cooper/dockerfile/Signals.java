package dev.cooper.dockerfile;

import java.util.Locale;

/** The signals that STOPSIGNAL may name. */
final class Signals {
  private static final String NAMES =
      " ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT"
          + " STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX ";

  private Signals() {}

  /** Whether the text is a signal's number, or its name with or without SIG, in any case. */
  static boolean isSignal(String text) {
    if (isNumber(text)) {
      return text.length() < 10 && Integer.parseInt(text) != 0;
    }
    String name = text.toUpperCase(Locale.ROOT);
    name = name.startsWith("SIG") ? name.substring(3) : name;
    if (isOffset(name, "RTMIN+", 15) || isOffset(name, "RTMAX-", 14)) {
      return true;
    }
    return !name.isEmpty() && name.indexOf(' ') < 0 && NAMES.contains(" " + name + " ");
  }

  private static boolean isOffset(String name, String prefix, int most) {
    if (!name.startsWith(prefix)) {
      return false;
    }
    String offset = name.substring(prefix.length());
    if (!isNumber(offset) || offset.length() > 2 || offset.startsWith("0")) {
      return false;
    }
    return Integer.parseInt(offset) <= most;
  }

  private static boolean isNumber(String text) {
    for (int index = 0; index < text.length(); index++) {
      if (text.charAt(index) < '0' || text.charAt(index) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
