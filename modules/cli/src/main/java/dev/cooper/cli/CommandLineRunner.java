package dev.cooper.cli;

import dev.cooper.flags.CommandFlags;
import dev.cooper.flags.CommandLine;
import dev.cooper.flags.FlagException;
import dev.cooper.runtime.Privileges;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * Finds the command, parses its words, runs it, and turns whatever it throws into one line and an
 * exit code.
 */
final class CommandLineRunner {
  private CommandLineRunner() {}

  static int run(String[] words, Console console) {
    GlobalOptions options;
    try {
      options = GlobalOptions.parse(Arrays.asList(words));
    } catch (UsageException e) {
      return usage(e, console);
    }
    try {
      int status = run(options, Arrays.asList(words), console);
      console.complete();
      return status;
    } catch (UsageException e) {
      return usage(e, console);
    } catch (OutputClosedException e) {
      return OutputClosedException.EXIT_CODE;
    } catch (Exception | StackOverflowError e) {
      console.out().flush();
      return Failure.report(e, options.debug(), console.error());
    } finally {
      console.out().flush();
    }
  }

  private static int run(GlobalOptions options, List<String> words, Console console)
      throws Exception {
    if (options.version()) {
      return new VersionCommand().run(new Invocation(console, Path.of("/"), false, words));
    }
    List<String> rest = options.rest();
    if (rest.isEmpty() || (options.help() && rest.isEmpty())) {
      HelpPage.printAll(console.out());
      return 0;
    }
    if (rest.get(0).equals("help")) {
      if (rest.size() == 1) {
        HelpPage.printAll(console.out());
        return 0;
      }
      rest = new ArrayList<>(rest.subList(1, rest.size()));
      rest.add("--help");
    }
    CommandTable.Match match = CommandTable.find(rest);
    if (match == null) {
      return group(rest, console);
    }
    CommandFlags<? extends Command> flags = match.row().factory().get();
    Command command = flags.command();
    List<String> operands = rest.subList(match.words(), rest.size());
    String name = "cooper " + match.row().name();
    try {
      if (options.help() || CommandLine.read(flags, operands, command.stopsAtFirstOperand())) {
        HelpPage.print(flags, console.out());
        return 0;
      }
    } catch (FlagException e) {
      throw new UsageException(e.getMessage() + "", name + " --help");
    }
    Path root =
        StateFolder.choose(
            options.root(),
            System.getenv(),
            Privileges.isRoot(),
            System.getProperty("user.home", "/"));
    try {
      return command.run(new Invocation(console, root, options.debug(), words));
    } catch (WrongOperands e) {
      throw UsageException.arguments(flags, e.demand());
    }
  }

  /** What is no command: a group's name shows the group. */
  private static int group(List<String> words, Console console) {
    String group = words.get(0);
    SortedMap<String, CommandTable.Row> commands = CommandTable.group(group);
    if (commands.isEmpty()) {
      return unknown(group, console.error());
    }
    if (words.size() == 1 || words.get(1).equals("--help") || words.get(1).equals("-h")) {
      HelpPage.printGroup(group, commands, console.out());
      return 0;
    }
    PrintStream error = console.error();
    error.println("cooper: '" + group + " " + words.get(1) + "' is not a cooper command.");
    error.println("See 'cooper " + group + " --help'");
    return 1;
  }

  private static int unknown(String word, PrintStream error) {
    List<String> near = CommandTable.near(word);
    error.println("cooper: '" + word + "' is not a cooper command.");
    if (!near.isEmpty()) {
      error.println("Did you mean: " + String.join(", ", near) + "?");
    }
    error.println("See 'cooper --help'");
    return 1;
  }

  private static int usage(UsageException e, Console console) {
    console.error().println(e.getMessage());
    console.error().println("See '" + e.help() + "'.");
    String usage = e.usage();
    if (usage != null) {
      console.error().println();
      console.error().println(usage);
    }
    return e.exitCode();
  }
}
