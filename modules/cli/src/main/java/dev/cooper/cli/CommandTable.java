package dev.cooper.cli;

import dev.cooper.flags.CommandFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All commands by name. A row costs nothing until its command is typed. */
final class CommandTable {
  /**
   * One command.
   *
   * @param name as typed, such as {@code images}
   * @param longName Docker's grouped form, such as {@code image ls}, or null where there is none
   * @param summary one line for {@code --help}
   * @param factory makes a new command with its flags
   */
  record Row(
      String name,
      @Nullable String longName,
      String summary,
      Supplier<CommandFlags<? extends Command>> factory) {}

  /** A command found, with how many words of the command line named it. */
  record Match(Row row, int words) {}

  /** Commands of one subject, in the order of their use. */
  record Section(String title, List<Row> rows) {}

  private static final List<Section> SECTIONS = sections();
  private static final List<Row> ROWS = rows();

  private CommandTable() {}

  private static List<Section> sections() {
    return List.of(
        new Section(
            "First steps",
            List.of(
                new Row(
                    "quickstart",
                    null,
                    "From an empty folder to a booted machine, step by step",
                    QuickstartCommandFlags::new),
                new Row("version", null, "Show the version", VersionCommandFlags::new))),
        new Section("Base images, from nothing", BaseCommands.rows()),
        new Section("Building", BuildCommands.rows()),
        new Section("Containers", ContainerCommands.rows()),
        new Section("Images", ImageCommands.rows()),
        new Section("Seeing inside an image", ExploreCommands.rows()),
        new Section("Disks and machines", DiskCommands.rows()),
        new Section("Volumes and the system", SystemCommands.rows()));
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Section section : SECTIONS) {
      rows.addAll(section.rows());
    }
    return rows;
  }

  /** All commands by subject. */
  static List<Section> bySubject() {
    return SECTIONS;
  }

  static List<Row> all() {
    return ROWS;
  }

  /** The command that these words start with, or null. */
  static @Nullable Match find(List<String> words) {
    String first = words.get(0);
    // Two words first: "disk inspect" is no disk of an image named inspect (inspect:latest is).
    if (words.size() > 1) {
      String pair = first + " " + words.get(1);
      for (Row row : ROWS) {
        if (pair.equals(row.longName()) || pair.equals(row.name())) {
          return new Match(row, 2);
        }
      }
    }
    for (Row row : ROWS) {
      if (row.name().equals(first)) {
        return new Match(row, 1);
      }
    }
    return null;
  }

  /**
   * The commands of a group, such as {@code image}, by the word after its name.
   *
   * @return empty when no command begins with this word and another
   */
  static SortedMap<String, Row> group(String word) {
    SortedMap<String, Row> found = new TreeMap<>();
    String prefix = word + " ";
    for (Row row : ROWS) {
      String longName = row.longName();
      for (String name : longName == null ? List.of(row.name()) : List.of(row.name(), longName)) {
        if (name.startsWith(prefix)) {
          found.putIfAbsent(name.substring(prefix.length()), row);
        }
      }
    }
    return found;
  }

  /** Names that a mistyped word may have meant: at most two letters away. */
  static List<String> near(String word) {
    List<String> names = new ArrayList<>();
    for (Row row : ROWS) {
      if (EditDistance.between(word.toLowerCase(Locale.ROOT), row.name()) <= 2) {
        names.add(row.name());
      }
    }
    return names;
  }
}
