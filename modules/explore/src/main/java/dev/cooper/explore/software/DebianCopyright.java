package dev.cooper.explore.software;

import dev.cooper.explore.fact.Fact;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The licences that a Debian package's copyright file names: the short names of the
 * machine-readable form (copyright-format 1.0), of any other the texts in common-licenses that it
 * refers to (Debian Policy, 12.5).
 */
public final class DebianCopyright {
  private static final String FOLDER = "usr/share/doc/";
  private static final String NAME = "/copyright";
  private static final Pattern COMMON =
      Pattern.compile("/usr/share/common-licenses/([A-Za-z0-9][A-Za-z0-9.+-]*)");

  private DebianCopyright() {}

  static boolean is(String path) {
    return path.startsWith(FOLDER)
        && path.endsWith(NAME)
        && path.indexOf('/', FOLDER.length()) == path.length() - NAME.length();
  }

  /** Where the copyright file of a package is; it may be a link. */
  public static String path(String name) {
    return "/" + FOLDER + name + NAME;
  }

  /** Empty when it names none. */
  static Optional<Fact.License> read(String text) {
    TreeSet<String> names = new TreeSet<>();
    boolean machineReadable =
        text.startsWith("Format") || text.contains("\nFormat:") || text.contains("\nFormat-Spec");
    if (machineReadable) {
      for (String line : text.split("\n")) {
        if (line.startsWith("License:")) {
          names.add(line.substring(8).strip());
        }
      }
      names.remove("");
    }
    if (names.isEmpty()) {
      Matcher matcher = COMMON.matcher(text);
      while (matcher.find()) {
        names.add(withoutStop(matcher.group(1)));
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fact.License(String.join(", ", names)));
  }

  /** A name at the end of a sentence. */
  private static String withoutStop(String name) {
    int end = name.length();
    while (name.charAt(end - 1) == '.' || name.charAt(end - 1) == '-') {
      end--;
    }
    return name.substring(0, end);
  }
}
