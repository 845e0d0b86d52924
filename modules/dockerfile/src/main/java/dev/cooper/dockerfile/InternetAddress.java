package dev.cooper.dockerfile;

/** Recognises IP addresses without asking any resolver. */
final class InternetAddress {
  private InternetAddress() {}

  /** Whether the text is an IPv4 address, or an IPv6 one with or without brackets. */
  static boolean isValid(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      String inside = text.substring(1, text.length() - 1);
      int zone = inside.indexOf('%');
      return isVersion6(zone < 0 ? inside : inside.substring(0, zone));
    }
    return text.indexOf(':') >= 0 ? isVersion6(text) : isVersion4(text);
  }

  private static boolean isVersion4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits = !part.isEmpty() && part.length() <= 3;
      for (int index = 0; digits && index < part.length(); index++) {
        digits = part.charAt(index) >= '0' && part.charAt(index) <= '9';
      }
      if (!digits || Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVersion6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    String head = gap < 0 ? text : text.substring(0, gap);
    String tail = gap < 0 ? "" : text.substring(gap + 2);
    int groups = groups(head, tail.isEmpty() && gap < 0) + groups(tail, true);
    // A part that is wrong counts for so many that the sum cannot fit.
    return gap < 0 ? groups == 8 : groups <= 7;
  }

  /** The number of 16-bit groups; 100 if the text is malformed. */
  private static int groups(String text, boolean last) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int index = 0; index < parts.length; index++) {
      String part = parts[index];
      if (last && index == parts.length - 1 && part.indexOf('.') >= 0) {
        return isVersion4(part) ? count + 2 : 100;
      }
      if (part.isEmpty() || part.length() > 4) {
        return 100;
      }
      for (int digit = 0; digit < part.length(); digit++) {
        if (part.charAt(digit) > 'f' || Character.digit(part.charAt(digit), 16) < 0) {
          return 100;
        }
      }
      count++;
    }
    return count;
  }
}
