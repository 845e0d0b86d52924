package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads COPY and ADD. */
final class CopyParser {
  private static final List<Flags.Flag> COPY_FLAGS =
      List.of(
          new Flags.Flag("chmod", Flags.Kind.TEXT),
          new Flags.Flag("chown", Flags.Kind.TEXT),
          new Flags.Flag("exclude", Flags.Kind.LIST),
          new Flags.Flag("from", Flags.Kind.TEXT),
          new Flags.Flag("link", Flags.Kind.SWITCH),
          new Flags.Flag("parents", Flags.Kind.SWITCH));
  private static final List<Flags.Flag> ADD_FLAGS =
      List.of(
          new Flags.Flag("checksum", Flags.Kind.TEXT),
          new Flags.Flag("chmod", Flags.Kind.TEXT),
          new Flags.Flag("chown", Flags.Kind.TEXT),
          new Flags.Flag("exclude", Flags.Kind.LIST),
          new Flags.Flag("keep-git-dir", Flags.Kind.SWITCH),
          new Flags.Flag("link", Flags.Kind.SWITCH),
          new Flags.Flag("unpack", Flags.Kind.SWITCH));

  private final Statement statement;
  private final Origin origin;
  private final List<Heredoc> heredocs;
  private final char escape;
  private final String name;
  private final List<Word> sources = new ArrayList<>();
  private final List<Heredoc> files = new ArrayList<>();

  CopyParser(Statement statement, Origin origin, List<Heredoc> heredocs, char escape) {
    this.statement = statement;
    this.origin = origin;
    this.heredocs = heredocs;
    this.escape = escape;
    this.name = statement.keyword().toUpperCase(Locale.ROOT);
  }

  Instruction parse() {
    List<String> arguments = JsonStrings.parse(statement.arguments());
    boolean json = arguments != null;
    if (arguments == null) {
      arguments = Statement.fields(statement.arguments());
    }
    if (arguments.size() < 2) {
      throw new Malformed(
          name
              + " requires at least two arguments, but only one was provided. Destination could"
              + " not be determined",
          statement.arguments().isEmpty() ? statement.keyword() : statement.arguments());
    }
    boolean copy = name.equals("COPY");
    Flags flags = Flags.parse(statement.flags(), copy ? COPY_FLAGS : ADD_FLAGS);
    Word destination = sourcesAndDestination(arguments, json);
    return copy ? copy(flags, destination) : add(flags, destination);
  }

  private Word sourcesAndDestination(List<String> arguments, boolean json) {
    String last = arguments.getLast();
    if (!json && Heredocs.parse(last) != null) {
      throw new Malformed(name + " cannot accept a heredoc as a destination", last);
    }
    List<Heredoc> unused = new ArrayList<>(heredocs);
    for (String argument : arguments.subList(0, arguments.size() - 1)) {
      Heredoc announced = json ? null : Heredocs.parse(argument);
      if (announced == null) {
        sources.add(word(argument));
      } else {
        files.add(body(announced, unused));
      }
    }
    return word(last);
  }

  /** The first unused document of a name; an empty one if there is none. */
  private Heredoc body(Heredoc announced, List<Heredoc> unused) {
    Heredoc found = announced;
    for (int index = 0; index < unused.size(); index++) {
      if (unused.get(index).name().equals(announced.name())) {
        found = unused.remove(index);
        break;
      }
    }
    if (found.expand()) {
      WordCheck.check(new Word(found.text(), Word.Kind.EXPANDED_RAW, '\\', origin.range()));
    }
    return found;
  }

  private Word word(String text) {
    Word word = new Word(text, Word.Kind.EXPANDED, escape, origin.range());
    WordCheck.check(word);
    return word;
  }

  private @Nullable Word word(Flags flags, String flag) {
    String text = flags.text(flag);
    return text.isEmpty() ? null : word(text);
  }

  private Instruction copy(Flags flags, Word destination) {
    String from = flags.text("from");
    if (!from.isEmpty()) {
      Word unexpanded = new Word(from, Word.Kind.EXPANDED, escape, origin.range());
      if (!Expansion.expand(unexpanded, Variables.NONE).equals(from)) {
        throw new Malformed(
            "variable expansion is not supported for --from, define a new stage with FROM using"
                + " ARG from global scope as a workaround",
            "--from=" + from);
      }
    }
    return new Instruction.Copy(
        origin,
        sources,
        files,
        destination,
        from.isEmpty() ? null : from,
        word(flags, "chown"),
        word(flags, "chmod"),
        flags.isOn("link"),
        flags.isOn("parents"),
        flags.list("exclude"));
  }

  private Instruction add(Flags flags, Word destination) {
    return new Instruction.Add(
        origin,
        sources,
        files,
        destination,
        word(flags, "chown"),
        word(flags, "chmod"),
        flags.isOn("link"),
        flags.list("exclude"),
        word(flags, "checksum"),
        flags.given("keep-git-dir"),
        flags.given("unpack"));
  }
}
