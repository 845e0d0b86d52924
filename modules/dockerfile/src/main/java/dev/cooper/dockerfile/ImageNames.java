package dev.cooper.dockerfile;

/** Recognises names of images: {@code registry.example:5000/team/app:tag@sha256:…}. */
final class ImageNames {
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_TAG = 128;

  private ImageNames() {}

  /** Whether the text names an image, the registry and the tag being optional. */
  static boolean isValid(String text) {
    String rest = text;
    int at = rest.indexOf('@');
    if (at >= 0) {
      if (!isDigest(rest.substring(at + 1))) {
        return false;
      }
      rest = rest.substring(0, at);
    }
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      if (!isTag(rest.substring(colon + 1))) {
        return false;
      }
      rest = rest.substring(0, colon);
    }
    return isName(rest) && !isIdentifier(text);
  }

  /** 64 hexadecimal digits are an image's identifier and not a name. */
  private static boolean isIdentifier(String text) {
    return text.length() == 64 && isHexadecimal(text);
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return false;
    }
    int slash = name.indexOf('/');
    String path = name;
    if (slash > 0 && isRegistry(name.substring(0, slash))) {
      if (!isHost(name.substring(0, slash))) {
        return false;
      }
      path = name.substring(slash + 1);
    }
    for (String component : path.split("/", -1)) {
      if (!isComponent(component)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first part of a name can only be a registry. */
  private static boolean isRegistry(String part) {
    for (int index = 0; index < part.length(); index++) {
      char character = part.charAt(index);
      if (character == '.' || character == ':' || (character >= 'A' && character <= 'Z')) {
        return true;
      }
    }
    return part.equals("localhost");
  }

  private static boolean isHost(String host) {
    int port = host.lastIndexOf(':');
    String name = port < 0 || host.endsWith("]") ? host : host.substring(0, port);
    if (name.length() != host.length()) {
      String digits = host.substring(port + 1);
      for (int index = 0; index < digits.length(); index++) {
        if (digits.charAt(index) < '0' || digits.charAt(index) > '9') {
          return false;
        }
      }
      if (digits.isEmpty()) {
        return false;
      }
    }
    if (name.startsWith("[")) {
      return InternetAddress.isValid(name);
    }
    for (String label : name.split("\\.", -1)) {
      if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
      for (int index = 0; index < label.length(); index++) {
        if (!isLetterOrDigit(label.charAt(index)) && label.charAt(index) != '-') {
          return false;
        }
      }
    }
    return true;
  }

  /** Lower-case letters and digits, joined by a dot, one or two underscores, or dashes. */
  private static boolean isComponent(String component) {
    int index = 0;
    while (index < component.length() && isLowerOrDigit(component.charAt(index))) {
      index++;
      int start = index;
      while (index < component.length() && "._-".indexOf(component.charAt(index)) >= 0) {
        index++;
      }
      String joint = component.substring(start, index);
      boolean dashes = !joint.isEmpty() && joint.replace("-", "").isEmpty();
      if (!joint.isEmpty()
          && !dashes
          && !joint.equals(".")
          && !joint.equals("_")
          && !joint.equals("__")) {
        return false;
      }
      if (!joint.isEmpty() && index == component.length()) {
        return false;
      }
    }
    return index > 0 && index == component.length();
  }

  private static boolean isTag(String tag) {
    if (tag.isEmpty() || tag.length() > LONGEST_TAG) {
      return false;
    }
    for (int index = 0; index < tag.length(); index++) {
      char character = tag.charAt(index);
      boolean word = isLetterOrDigit(character) || character == '_';
      if (!word && (index == 0 || (character != '.' && character != '-'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigest(String digest) {
    int colon = digest.indexOf(':');
    String value = digest.substring(colon + 1);
    if (colon <= 0 || value.length() < 32 || !isHexadecimal(value)) {
      return false;
    }
    boolean start = true;
    for (int index = 0; index < colon; index++) {
      char character = digest.charAt(index);
      boolean joint = "-_+.".indexOf(character) >= 0;
      boolean letter = isLetterOrDigit(character) && (character < '0' || character > '9');
      if (start ? !letter : !joint && !isLetterOrDigit(character)) {
        return false;
      }
      start = joint;
    }
    return !start;
  }

  private static boolean isHexadecimal(String text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character > 'f' || Character.digit(character, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLowerOrDigit(char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
  }

  private static boolean isLetterOrDigit(char character) {
    return isLowerOrDigit(character) || (character >= 'A' && character <= 'Z');
  }
}
