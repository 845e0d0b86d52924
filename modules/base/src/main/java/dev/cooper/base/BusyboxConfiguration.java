package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which commands a busybox is compiled with: its source declares each command where it is written,
 * with the symbol of the configuration that it depends on, as in {@code
 * //applet:IF_CAT(APPLET_NOEXEC(cat, …))}; the configuration gives each symbol a line ({@code
 * CONFIG_CAT=y}).
 */
final class BusyboxConfiguration {
  private static final Pattern APPLET =
      Pattern.compile(
          "//applet:\\s*IF_([A-Z0-9_]+)\\(\\s*(?:IF_NOT_[A-Z0-9_]+\\(\\s*)?APPLET[A-Z_]*"
              + "\\(\\s*([^,()\\s]+)");
  private static final Pattern SET = Pattern.compile("CONFIG_([A-Z0-9_]+)=y");

  /** Lets the binary be called by its own name, and show its commands. */
  private static final String ITSELF = "BUSYBOX";

  private final Map<String, Set<String>> symbols;

  private BusyboxConfiguration(Map<String, Set<String>> symbols) {
    this.symbols = symbols;
  }

  /** What the source in this folder declares. */
  static BusyboxConfiguration of(Path source) throws IOException {
    Map<String, Set<String>> symbols = new HashMap<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(source)) {
      files = walk.filter(path -> path.toString().endsWith(".c")).toList();
    }
    for (Path file : files) {
      declared(Files.readString(file, StandardCharsets.ISO_8859_1), symbols);
    }
    return new BusyboxConfiguration(symbols);
  }

  static BusyboxConfiguration of(String text) {
    Map<String, Set<String>> symbols = new HashMap<>();
    declared(text, symbols);
    return new BusyboxConfiguration(symbols);
  }

  private static void declared(String text, Map<String, Set<String>> symbols) {
    Matcher matcher = APPLET.matcher(text);
    while (matcher.find()) {
      symbols.computeIfAbsent(matcher.group(2), name -> new HashSet<>()).add(matcher.group(1));
    }
  }

  /**
   * The configuration with only these commands. What they can do stays as it is.
   *
   * @param configuration one that has all commands
   * @throws CooperException.InvalidInput when the source does not have some of the commands; all of
   *     them are named
   */
  String only(Iterable<String> applets, String configuration) {
    Set<String> kept = new HashSet<>(Set.of(ITSELF));
    Set<String> missing = new TreeSet<>();
    for (String applet : applets) {
      Set<String> needed = symbols.get(applet);
      if (needed != null) {
        kept.addAll(needed);
      } else if (!applet.equals("busybox")) {
        missing.add(applet);
      }
    }
    if (!missing.isEmpty()) {
      throw new CooperException.InvalidInput(
          "busybox does not have the command " + String.join(", ", missing),
          "busybox --list shows what there is");
    }
    Set<String> all = new HashSet<>();
    symbols.values().forEach(all::addAll);
    StringBuilder chosen = new StringBuilder();
    configuration
        .lines()
        .forEach(
            line -> {
              Matcher matcher = SET.matcher(line);
              boolean unwanted =
                  matcher.matches()
                      && all.contains(matcher.group(1))
                      && !kept.contains(matcher.group(1));
              chosen
                  .append(unwanted ? "# CONFIG_" + matcher.group(1) + " is not set" : line)
                  .append('\n');
            });
    return chosen.toString().replace("# CONFIG_STATIC is not set", "CONFIG_STATIC=y");
  }
}
