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
          "//applet:\\s*IF_([A-Z0-9_]+)\\(\\s*(?:IF_[A-Z0-9_]+\\(\\s*)*APPLET[A-Z_]*"
              + "\\(\\s*([^,()\\s]+)");
  private static final Pattern SET = Pattern.compile("CONFIG_([A-Z0-9_]+)=y");

  private static final Pattern SYMBOL =
      Pattern.compile("(?:# )?CONFIG_([A-Z0-9_]+)(?:=y| is not set)");

  /** Which shell goes by a name, and whether its code is there at all. */
  private static final List<String> SHELLS =
      List.of("SH_IS_NONE", "BASH_IS_NONE", "SHELL_ASH", "SHELL_HUSH");

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
   * @param configuration the usual one
   * @throws CooperException.InvalidInput when the source does not have some of the commands; all of
   *     them are named
   */
  String only(Iterable<String> applets, String configuration) {
    Set<String> set = set(configuration);
    Set<String> kept = new HashSet<>(Set.of(ITSELF));
    Set<String> missing = new TreeSet<>();
    for (String applet : applets) {
      Set<String> symbolsOfName = symbols.getOrDefault(applet, Set.of());
      Set<String> usual = new TreeSet<>(symbolsOfName);
      usual.retainAll(set);
      if (!usual.isEmpty()) {
        kept.addAll(usual);
      } else if (!symbolsOfName.isEmpty()) {
        // Of the two shells that can be called so: the first.
        kept.add(new TreeSet<>(symbolsOfName).first());
      } else if (!applet.equals("busybox")) {
        missing.add(applet);
      }
    }
    if (!missing.isEmpty()) {
      throw lacking(missing);
    }
    Set<String> known = new HashSet<>(SHELLS);
    symbols.values().forEach(known::addAll);
    SHELLS.stream().filter(shell -> isShell(shell, kept)).forEach(kept::add);
    StringBuilder chosen = new StringBuilder();
    for (String line : configuration.lines().toList()) {
      Matcher matcher = SYMBOL.matcher(line);
      String symbol = matcher.matches() ? matcher.group(1) : "";
      if (known.contains(symbol)) {
        chosen.append(line(symbol, kept.contains(symbol)));
      } else if (symbol.equals("STATIC")) {
        chosen.append(line(symbol, true));
      } else {
        chosen.append(line);
      }
      chosen.append('\n');
    }
    return chosen.toString();
  }

  private static String line(String symbol, boolean set) {
    return set ? "CONFIG_" + symbol + "=y" : "# CONFIG_" + symbol + " is not set";
  }

  /** Whether what stands for no command of its own has to be set for those that are. */
  private static boolean isShell(String symbol, Set<String> kept) {
    return switch (symbol) {
      case "SH_IS_NONE" -> !kept.contains("SH_IS_ASH") && !kept.contains("SH_IS_HUSH");
      case "BASH_IS_NONE" -> !kept.contains("BASH_IS_ASH") && !kept.contains("BASH_IS_HUSH");
      default -> {
        String shell = symbol.substring("SHELL_".length());
        yield kept.contains(shell)
            || kept.contains("SH_IS_" + shell)
            || kept.contains("BASH_IS_" + shell);
      }
    };
  }

  private static Set<String> set(String configuration) {
    Set<String> set = new HashSet<>();
    configuration
        .lines()
        .map(SET::matcher)
        .filter(Matcher::matches)
        .forEach(matcher -> set.add(matcher.group(1)));
    return set;
  }

  /**
   * Makes sure that a configuration has these commands, now that it was checked for what each of
   * them depends on.
   *
   * @throws CooperException.InvalidInput when some are not; all of them are named
   */
  void require(Iterable<String> applets, String configuration) {
    Set<String> set = set(configuration);
    Set<String> missing = new TreeSet<>();
    for (String applet : applets) {
      if (!applet.equals("busybox")
          && symbols.getOrDefault(applet, Set.of()).stream().noneMatch(set::contains)) {
        missing.add(applet);
      }
    }
    if (!missing.isEmpty()) {
      throw lacking(missing);
    }
  }

  private static CooperException.InvalidInput lacking(Set<String> missing) {
    return new CooperException.InvalidInput(
        "busybox cannot be compiled with the command " + String.join(", ", missing),
        "/bin/busybox --list shows what there is, where busybox is installed");
  }
}
