package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what was understood of a Dockerfile, one instruction a line, for tests to compare. */
final class Dump {
  private Dump() {}

  static String of(Dockerfile dockerfile) {
    StringBuilder out = new StringBuilder();
    for (Instruction.Arg arg : dockerfile.globalArguments()) {
      out.append(of(arg)).append('\n');
    }
    for (Stage stage : dockerfile.stages()) {
      out.append(of(stage.from())).append('\n');
      for (Instruction instruction : stage.instructions()) {
        out.append(of(instruction)).append('\n');
      }
    }
    return out.toString();
  }

  static String of(Instruction instruction) {
    return instruction.range() + " " + instruction.name() + body(instruction);
  }

  private static String body(Instruction instruction) {
    return switch (instruction) {
      case Instruction.From from ->
          text(from.image().text())
              + option("as", from.stageName())
              + option("platform", from.platform());
      case Instruction.Arg arg -> {
        StringBuilder out = new StringBuilder();
        for (Instruction.Arg.Declaration declaration : arg.declarations()) {
          out.append(text(declaration.name()));
          out.append(declaration.value() == null ? "" : "=" + declaration.value());
        }
        yield out.toString();
      }
      case Instruction.Env env -> pairs(env.variables());
      case Instruction.Label label -> pairs(label.labels());
      case Instruction.Maintainer maintainer -> text(maintainer.author());
      case Instruction.Run run -> {
        StringBuilder out = new StringBuilder();
        for (Word mount : run.mountFlags()) {
          out.append(option("mount", mount));
        }
        if (run.network() != Instruction.Run.Network.DEFAULT) {
          out.append(" network:").append(run.network());
        }
        if (run.security() != Instruction.Run.Security.SANDBOX) {
          out.append(" security:").append(run.security());
        }
        yield out + command(run.command());
      }
      case Instruction.Cmd cmd -> command(cmd.command());
      case Instruction.Entrypoint entrypoint -> command(entrypoint.command());
      case Instruction.Copy copy ->
          option("from", copy.from())
              + option("chown", copy.chown())
              + option("chmod", copy.chmod())
              + (copy.link() ? " link" : "")
              + (copy.parents() ? " parents" : "")
              + (copy.excludes().isEmpty() ? "" : " exclude:" + copy.excludes())
              + words(copy.sources())
              + heredocs(copy.files())
              + " ->"
              + text(copy.destination().text());
      case Instruction.Add add ->
          option("chown", add.chown())
              + option("chmod", add.chmod())
              + (add.link() ? " link" : "")
              + (add.excludes().isEmpty() ? "" : " exclude:" + add.excludes())
              + option("checksum", add.checksum())
              + (add.keepGitDir() == null ? "" : " keep-git-dir:" + add.keepGitDir())
              + (add.unpack() == null ? "" : " unpack:" + add.unpack())
              + words(add.sources())
              + heredocs(add.files())
              + " ->"
              + text(add.destination().text());
      case Instruction.Expose expose -> words(expose.ports());
      case Instruction.Volume volume -> words(volume.paths());
      case Instruction.User user -> text(user.user().text());
      case Instruction.Workdir workdir -> text(workdir.path().text());
      case Instruction.OnBuild onBuild -> text(onBuild.trigger());
      case Instruction.StopSignal signal -> text(signal.signal().text());
      case Instruction.Shell shell -> " " + shell.command();
      case Instruction.Healthcheck check ->
          option("interval", check.interval())
              + option("timeout", check.timeout())
              + option("start-period", check.startPeriod())
              + option("start-interval", check.startInterval())
              + option("retries", check.retries())
              + (check.command() == null ? " NONE" : command(check.command()));
    };
  }

  private static String pairs(List<Instruction.KeyValue> pairs) {
    StringBuilder out = new StringBuilder();
    for (Instruction.KeyValue pair : pairs) {
      out.append(text(pair.key().text())).append(pair.legacy() ? " " : "=");
      out.append(shown(pair.value().text()));
    }
    return out.toString();
  }

  private static String command(CommandLine command) {
    return switch (command) {
      case CommandLine.ShellForm shell -> text(shell.script()) + heredocs(shell.heredocs());
      case CommandLine.ExecForm exec -> {
        List<String> arguments = new ArrayList<>();
        for (String argument : exec.arguments()) {
          arguments.add(shown(argument));
        }
        yield " " + arguments;
      }
    };
  }

  private static String heredocs(List<Heredoc> heredocs) {
    StringBuilder out = new StringBuilder();
    for (Heredoc heredoc : heredocs) {
      out.append(" {").append(heredoc.name()).append(heredoc.expand() ? "" : " quoted");
      out.append(heredoc.chomp() ? " chomp" : "");
      out.append(heredoc.fileDescriptor() == 0 ? "" : " " + heredoc.fileDescriptor());
      out.append(text(heredoc.content())).append('}');
    }
    return out.toString();
  }

  private static String words(List<Word> words) {
    StringBuilder out = new StringBuilder();
    for (Word word : words) {
      out.append(text(word.text()));
    }
    return out.toString();
  }

  private static String option(String name, @Nullable Object value) {
    return value == null ? "" : " " + name + ":" + value;
  }

  private static String text(String text) {
    return " " + shown(text);
  }

  /** Quoted where quotes make it clearer. */
  private static String shown(String text) {
    return text.isEmpty() || !Quoted.of(text).equals("\"" + text + "\"") || text.indexOf(' ') >= 0
        ? Quoted.of(text)
        : text;
  }
}
