package dev.cooper.cli;

import dev.cooper.flags.CommandFlags;
import dev.cooper.flags.Flag;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Help in the shape of Docker's. */
final class HelpPage {
  private HelpPage() {}

  /** The page of one command. */
  static void print(CommandFlags<?> command, PrintStream out) {
    out.println();
    out.println(
        "Usage:  "
            + (command.synopsis().isEmpty() ? "cooper " + command.name() : command.synopsis()));
    out.println();
    out.println(command.description());
    List<Flag> flags = new ArrayList<>();
    int width = 0;
    for (Flag flag : command.flags()) {
      if (!flag.hidden()) {
        flags.add(flag);
        width = Math.max(width, names(flag).length());
      }
    }
    if (flags.isEmpty()) {
      return;
    }
    flags.sort(Comparator.comparing(HelpPage::sortedBy));
    out.println();
    out.println("Options:");
    for (Flag flag : flags) {
      String names = names(flag);
      out.println("  " + names + " ".repeat(width - names.length() + 3) + flag.description());
    }
  }

  private static String sortedBy(Flag flag) {
    String longName = flag.longName();
    return longName != null ? longName : "-" + flag.shortName();
  }

  private static String names(Flag flag) {
    String shortName = flag.shortName();
    String longName = flag.longName();
    String names =
        shortName == null
            ? "    " + longName
            : longName == null ? shortName : shortName + ", " + longName;
    return flag.label().isEmpty() ? names : names + " " + flag.label();
  }

  /**
   * The page of a group of commands.
   *
   * @param commands by the word after the group's
   */
  static void printGroup(String group, Map<String, CommandTable.Row> commands, PrintStream out) {
    out.println();
    out.println("Usage:  cooper " + group + " COMMAND");
    out.println();
    out.println("Commands:");
    int width = 0;
    for (String name : commands.keySet()) {
      width = Math.max(width, name.length());
    }
    for (Map.Entry<String, CommandTable.Row> command : commands.entrySet()) {
      String name = command.getKey();
      out.println(
          "  " + name + " ".repeat(width - name.length() + 3) + command.getValue().summary());
    }
    out.println();
    out.println("Run 'cooper " + group + " COMMAND --help' for more information on a command.");
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
    int width = 0;
    for (CommandTable.Row row : CommandTable.all()) {
      width = Math.max(width, row.name().length());
    }
    for (CommandTable.Section section : CommandTable.bySubject()) {
      out.println(section.title() + ":");
      for (CommandTable.Row row : section.rows()) {
        out.println(
            "  " + row.name() + " ".repeat(width - row.name().length() + 3) + row.summary());
      }
      out.println();
    }
    out.println("Run 'cooper COMMAND --help' for more information on a command.");
  }
}
