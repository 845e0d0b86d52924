package dev.cooper.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Help in the shape of Docker's. */
final class HelpPage {
  private HelpPage() {}

  /** Whether the words ask for help: {@code --help} before the first operand. */
  static boolean wanted(List<String> words, CommandLine line) {
    boolean stops = line.isStopAtPositional();
    for (String word : words) {
      if (word.equals("--help")) {
        return true;
      }
      if (word.equals("--") || (stops && !word.startsWith("-"))) {
        return false;
      }
    }
    return false;
  }

  /** The page of one command. */
  static void print(CommandLine line, PrintStream out) {
    CommandSpec spec = line.getCommandSpec();
    String[] synopsis = spec.usageMessage().customSynopsis();
    out.println();
    out.println(
        "Usage:  " + (synopsis.length > 0 ? synopsis[0] : "cooper " + line.getCommandName()));
    out.println();
    for (String text : spec.usageMessage().description()) {
      out.println(text);
    }
    List<OptionSpec> options = new ArrayList<>(spec.options());
    options.removeIf(OptionSpec::hidden);
    if (!options.isEmpty()) {
      options.sort(Comparator.comparing(option -> option.longestName()));
      List<String[]> rows = new ArrayList<>();
      int width = 0;
      for (OptionSpec option : options) {
        String names = names(option);
        width = Math.max(width, names.length());
        String[] description = option.description();
        rows.add(new String[] {names, description.length > 0 ? description[0] : ""});
      }
      out.println();
      out.println("Options:");
      for (String[] row : rows) {
        out.println("  " + row[0] + " ".repeat(width - row[0].length() + 3) + row[1]);
      }
    }
    for (String text : spec.usageMessage().footer()) {
      out.println(text);
    }
  }

  private static String names(OptionSpec option) {
    String shortName = option.shortestName();
    String longName = option.longestName();
    String names =
        shortName.equals(longName)
            ? (longName.startsWith("--") ? "    " + longName : longName)
            : shortName + ", " + longName;
    return option.arity().max() == 0 ? names : names + " " + label(option);
  }

  private static String label(OptionSpec option) {
    String label = option.paramLabel();
    return label.startsWith("<") && label.endsWith(">")
        ? label.substring(1, label.length() - 1)
        : label;
  }

  /** The page of all commands. */
  static void printAll(PrintStream out) {
    out.println();
    out.println("Usage:  cooper [OPTIONS] COMMAND");
    out.println();
    out.println("From an empty folder to a running container and a bootable disk");
    out.println();
    out.println("Options:");
    out.println("  -D, --debug      Show stack traces");
    out.println("      --root DIR   Where images and containers are kept (default");
    out.println("                   $COOPER_ROOT, /var/lib/cooper, ~/.local/share/cooper)");
    out.println("  -v, --version    Print version information and quit");
    out.println();
    out.println("Commands:");
    int width = 0;
    for (CommandTable.Row row : CommandTable.all()) {
      width = Math.max(width, row.name().length());
    }
    for (CommandTable.Row row : CommandTable.all()) {
      out.println("  " + row.name() + " ".repeat(width - row.name().length() + 3) + row.summary());
    }
    out.println();
    out.println("Run 'cooper COMMAND --help' for more information on a command.");
  }
}
