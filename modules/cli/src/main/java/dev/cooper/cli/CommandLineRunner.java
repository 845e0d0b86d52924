package dev.cooper.cli;

import dev.cooper.flags.CommandFlags;
import dev.cooper.flags.CommandLine;
import dev.cooper.flags.FlagException;
import dev.cooper.runtime.Privileges;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
      rest = List.of(rest.get(1), "--help");
    }
    CommandTable.Match match = CommandTable.find(rest);
    if (match == null) {
      return unknown(rest.get(0), console.error());
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
