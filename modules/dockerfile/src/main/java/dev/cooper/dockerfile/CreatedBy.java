package dev.cooper.dockerfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an image's history says of an instruction ({@code created_by}), in BuildKit's words. */
public final class CreatedBy {
  private CreatedBy() {}

  /**
   * The text for a settled instruction, or null for FROM and ONBUILD, which leave no trace.
   *
   * @param settled resolved; the path of a WORKDIR already made absolute
   * @param shell the SHELL in force, which shell forms are run by
   * @param arguments the declared arguments with their values, see {@link
   *     StageVariables#arguments()}; only RUN shows them
   */
  public static @Nullable String of(
      Instruction settled, List<String> shell, Map<String, String> arguments) {
    // The first pattern switch of a program takes milliseconds, which a build feels.
    if (settled instanceof Instruction.Run run) {
      return run(run, shell, arguments);
    }
    if (settled instanceof Instruction.Copy copy) {
      return copied("COPY", copy.parents(), copy.chown(), copy.chmod())
          + paths(copy.sources(), copy.files(), copy.destination());
    }
    if (settled instanceof Instruction.Add add) {
      return copied("ADD", false, add.chown(), add.chmod())
          + paths(add.sources(), add.files(), add.destination());
    }
    if (settled instanceof Instruction.Cmd cmd) {
      return "CMD " + quoted(arguments(cmd.command(), shell));
    }
    if (settled instanceof Instruction.Entrypoint entrypoint) {
      return "ENTRYPOINT " + quoted(arguments(entrypoint.command(), shell));
    }
    if (settled instanceof Instruction.Healthcheck healthcheck) {
      return healthcheck(healthcheck);
    }
    String rest = rest(settled);
    return rest == null ? null : settled.name() + rest;
  }

  /** What follows the name of an instruction that only sets values. */
  private static @Nullable String rest(Instruction settled) {
    if (settled instanceof Instruction.Env env) {
      return pairs(env.variables());
    }
    if (settled instanceof Instruction.Label label) {
      return pairs(label.labels());
    }
    if (settled instanceof Instruction.Arg arg) {
      return declarations(arg);
    }
    if (settled instanceof Instruction.Workdir workdir) {
      return " " + workdir.path();
    }
    if (settled instanceof Instruction.User user) {
      return " " + user.user();
    }
    if (settled instanceof Instruction.Expose expose) {
      return words(expose.ports());
    }
    if (settled instanceof Instruction.Volume volume) {
      return words(volume.paths());
    }
    if (settled instanceof Instruction.StopSignal signal) {
      return " " + signal.signal();
    }
    if (settled instanceof Instruction.Shell command) {
      return " [" + String.join(" ", command.command()) + "]";
    }
    return settled instanceof Instruction.Maintainer maintainer ? " " + maintainer.author() : null;
  }

  private static String run(
      Instruction.Run run, List<String> shell, Map<String, String> arguments) {
    StringBuilder out = new StringBuilder("RUN");
    if (!arguments.isEmpty()) {
      out.append(" |").append(arguments.size());
      arguments.forEach((name, value) -> out.append(' ').append(name).append('=').append(value));
    }
    for (String argument : arguments(run.command(), shell)) {
      out.append(' ').append(argument);
    }
    return out.append(" # buildkit").toString();
  }

  /** The process's arguments: an exec form's own, a shell form's behind those of the shell. */
  private static List<String> arguments(CommandLine command, List<String> shell) {
    if (command instanceof CommandLine.ExecForm exec) {
      return exec.arguments();
    }
    List<String> all = new ArrayList<>(shell);
    if (command instanceof CommandLine.ShellForm form) {
      CommandLine.Program program = form.program();
      if (program instanceof CommandLine.Program.Script script) {
        all.add(script.text());
      } else if (program instanceof CommandLine.Program.File file) {
        all.add(file.path());
      }
    }
    return all;
  }

  private static String copied(
      String name, boolean parents, @Nullable Word chown, @Nullable Word chmod) {
    return name
        + (parents ? " --parents" : "")
        + (chown == null || chown.text().isEmpty() ? "" : " --chown=" + chown)
        + (chmod == null || chmod.text().isEmpty() ? "" : " --chmod=" + chmod);
  }

  private static String paths(List<Word> sources, List<Heredoc> files, Word destination) {
    StringBuilder out = new StringBuilder();
    for (Word source : sources) {
      out.append(' ').append(source);
    }
    for (Heredoc file : files) {
      out.append(" <<").append(file.name());
    }
    return out.append(' ').append(destination).append(" # buildkit").toString();
  }

  private static String declarations(Instruction.Arg arg) {
    StringBuilder out = new StringBuilder();
    for (Instruction.Arg.Declaration declaration : arg.declarations()) {
      out.append(' ').append(declaration.name());
      if (declaration.value() != null) {
        out.append('=').append(declaration.value());
      }
    }
    return out.toString();
  }

  private static String pairs(List<Instruction.KeyValue> pairs) {
    StringBuilder out = new StringBuilder();
    for (Instruction.KeyValue pair : pairs) {
      out.append(' ').append(pair.key()).append('=').append(pair.value());
    }
    return out.toString();
  }

  private static String quoted(List<String> arguments) {
    List<String> shown = new ArrayList<>();
    for (String argument : arguments) {
      shown.add(Quoted.of(argument));
    }
    return "[" + String.join(" ", shown) + "]";
  }

  private static String words(List<Word> words) {
    List<String> shown = new ArrayList<>();
    for (Word word : words) {
      shown.add(word.text());
    }
    return " [" + String.join(" ", shown) + "]";
  }

  private static String healthcheck(Instruction.Healthcheck check) {
    String test = "NONE";
    if (check.command() instanceof CommandLine.ShellForm form) {
      test = "CMD-SHELL " + form.script();
    } else if (check.command() instanceof CommandLine.ExecForm exec) {
      test = "CMD " + String.join(" ", exec.arguments());
    }
    int retries = check.retries() == null ? 0 : check.retries();
    return "HEALTHCHECK {Test:["
        + test
        + "] Interval:"
        + duration(check.interval())
        + " Timeout:"
        + duration(check.timeout())
        + " StartPeriod:"
        + duration(check.startPeriod())
        + " StartInterval:"
        + duration(check.startInterval())
        + " Retries:"
        + retries
        + "}";
  }

  /** {@code 1h2m3.5s}, {@code 500ms}, {@code 0s}. */
  private static String duration(@Nullable Duration duration) {
    if (duration == null || duration.isZero()) {
      return "0s";
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return decimal(duration.toNanos(), 1_000_000L) + "ms";
    }
    String out = duration.toHours() > 0 ? duration.toHours() + "h" : "";
    if (duration.toMinutes() > 0) {
      out += duration.toMinutesPart() + "m";
    }
    return out + decimal(duration.toNanos() % 60_000_000_000L, 1_000_000_000L) + "s";
  }

  private static String decimal(long nanoseconds, long unit) {
    String whole = Long.toString(nanoseconds / unit);
    long rest = nanoseconds % unit;
    if (rest == 0) {
      return whole;
    }
    String digits = Long.toString(unit + rest).substring(1);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return whole + "." + digits.substring(0, end);
  }
}
