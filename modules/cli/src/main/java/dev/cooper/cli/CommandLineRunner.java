package dev.cooper.cli;

import dev.cooper.runtime.Privileges;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
    } catch (ParameterException e) {
      return usage(
          new UsageException(
              message(e), "cooper " + e.getCommandLine().getCommandName() + " --help"),
          console);
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
    Command command = match.row().factory().get();
    CommandLine line = new CommandLine(command);
    line.setCommandName(match.row().name());
    line.setUnmatchedArgumentsAllowed(false)
        .setOverwrittenOptionsAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setTrimQuotes(false)
        .setStopAtPositional(command.stopsAtFirstOperand());
    List<String> operands = rest.subList(match.words(), rest.size());
    if (options.help() || HelpPage.wanted(operands, line)) {
      HelpPage.print(line, console.out());
      return 0;
    }
    line.parseArgs(operands.toArray(new String[0]));
    Path root =
        StateFolder.choose(
            options.root(),
            System.getenv(),
            Privileges.isRoot(),
            System.getProperty("user.home", "/"));
    return command.run(new Invocation(console, root, options.debug(), words));
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

  /** picocli's complaint in Docker's words. */
  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().isEmpty() ? "" : unmatched.getUnmatched().get(0);
      if (word.startsWith("--")) {
        int equals = word.indexOf('=');
        return "unknown flag: " + (equals < 0 ? word : word.substring(0, equals));
      }
      if (word.startsWith("-") && word.length() > 1) {
        return "unknown shorthand flag: '" + word.charAt(1) + "' in " + word;
      }
      return "unexpected argument: " + word;
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      CommandLine.Model.ArgSpec argument = missing.getMissing().get(0);
      if (argument.isOption()) {
        String name = ((CommandLine.Model.OptionSpec) argument).longestName();
        return "flag needs an argument: " + name;
      }
      return "\"cooper "
          + e.getCommandLine().getCommandName()
          + "\" requires "
          + argument.paramLabel()
          + ".";
    }
    String text = e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text.lines().findFirst().orElse(text);
  }
}
