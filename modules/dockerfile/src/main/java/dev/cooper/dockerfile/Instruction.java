package dev.cooper.dockerfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a Dockerfile.
 *
 * <p>Its {@link Word}s are as written until {@link #resolve} settles them. JSON (exec) forms and
 * shell lines are never expanded: the shell of the container does that.
 */
public sealed interface Instruction {

  /** Where it was written and how. */
  Origin origin();

  /** Its lines. */
  default SourceRange range() {
    return origin().range();
  }

  /** The instruction as written, continuation lines joined: {@code COPY a b}. */
  default String text() {
    return origin().text();
  }

  /** Its name in upper case. */
  default String name() {
    return getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  /**
   * The instruction as progress shows it: its name in upper case, and variables that are set put
   * in. Never fails; what cannot be expanded stays as written.
   */
  default String display(Variables variables) {
    String keyword = origin().keyword();
    String shown = this instanceof Run run ? run.summary() : text();
    String rest = shown.substring(keyword.length());
    try {
      rest = new ShellLexer(rest, '\\', variables, ShellLexer.Mode.KEEP_QUOTES_AND_ESCAPES).word();
    } catch (Malformed e) {
      return keyword.toUpperCase(Locale.ROOT) + rest;
    }
    return keyword.toUpperCase(Locale.ROOT) + rest;
  }

  /**
   * The same instruction with every word settled against the variables as they stood before it.
   * Resolving what is resolved already changes nothing.
   *
   * @throws DockerfileException if a word cannot be expanded or its value is not acceptable
   */
  default Instruction resolve(Variables variables) {
    return this;
  }

  /**
   * FROM.
   *
   * @param image an image, the name of an earlier stage, or {@code scratch}
   * @param stageName the name after AS, in lower case; null if there is none
   * @param platform {@code --platform}; null if there is none
   */
  record From(Origin origin, Word image, @Nullable String stageName, @Nullable Word platform)
      implements Instruction {
    @Override
    public From resolve(Variables variables) {
      Word name = image.resolved(variables);
      if (name.text().isEmpty()) {
        throw Words.problem(range(), image, "base name (" + image + ") should not be blank");
      }
      Word settled = Words.resolve(platform, variables);
      if (settled != null && settled.text().isEmpty()) {
        throw Words.problem(range(), image, "empty platform value from expression " + platform);
      }
      return new From(origin, name, stageName, settled);
    }
  }

  /** ARG: one or more declarations. Defaults are expanded by whoever declares them. */
  record Arg(Origin origin, List<Declaration> declarations) implements Instruction {
    public Arg {
      declarations = List.copyOf(declarations);
    }

    /**
     * One declared argument.
     *
     * @param value the default; null if there is none
     * @param comment what the comment above says about it ({@code # NAME is …}); empty if nothing
     */
    public record Declaration(String name, @Nullable Word value, String comment) {}
  }

  /** A key and its value; {@code legacy} for the form without an equals sign. */
  record KeyValue(Word key, Word value, boolean legacy) {
    KeyValue resolve(Variables variables) {
      return new KeyValue(key.resolved(variables), value.resolved(variables), legacy);
    }

    static List<KeyValue> resolve(List<KeyValue> pairs, Variables variables) {
      List<KeyValue> settled = new ArrayList<>(pairs.size());
      for (KeyValue pair : pairs) {
        settled.add(pair.resolve(variables));
      }
      return settled;
    }
  }

  /** ENV. */
  record Env(Origin origin, List<KeyValue> variables) implements Instruction {
    public Env {
      variables = List.copyOf(variables);
    }

    @Override
    public Env resolve(Variables values) {
      return new Env(origin, KeyValue.resolve(variables, values));
    }
  }

  /** LABEL. */
  record Label(Origin origin, List<KeyValue> labels) implements Instruction {
    public Label {
      labels = List.copyOf(labels);
    }

    @Override
    public Label resolve(Variables variables) {
      return new Label(origin, KeyValue.resolve(labels, variables));
    }
  }

  /** MAINTAINER, long deprecated. */
  record Maintainer(Origin origin, String author) implements Instruction {}

  /**
   * RUN.
   *
   * @param mountFlags the values of {@code --mount}, in order: see {@link #mounts}
   */
  record Run(
      Origin origin, CommandLine command, List<Word> mountFlags, Network network, Security security)
      implements Instruction {
    public Run {
      mountFlags = List.copyOf(mountFlags);
    }

    /** {@code --network}. */
    public enum Network {
      DEFAULT,
      NONE,
      HOST
    }

    /** {@code --security}. */
    public enum Security {
      SANDBOX,
      INSECURE
    }

    /**
     * What is mounted, variables in the options replaced. {@code from} never holds variables, so it
     * is the same whatever they are.
     *
     * @throws DockerfileException if an option is unknown, has no proper value or does not fit
     */
    public List<Mount> mounts(Variables variables) {
      List<Mount> mounts = new ArrayList<>(mountFlags.size());
      for (Word flag : mountFlags) {
        try {
          mounts.add(MountParser.parse(flag, variables));
        } catch (Malformed e) {
          throw new DockerfileException(e.at(range()));
        }
      }
      return mounts;
    }

    /** The instruction, and in parentheses the first line of the heredoc that is its script. */
    public String summary() {
      if (command instanceof CommandLine.ShellForm shell
          && !shell.heredocs().isEmpty()
          && Heredocs.parse(shell.script()) != null) {
        return text() + " (" + shell.heredocs().getFirst().summary() + ")";
      }
      return text();
    }
  }

  /** CMD. */
  record Cmd(Origin origin, CommandLine command) implements Instruction {}

  /** ENTRYPOINT. */
  record Entrypoint(Origin origin, CommandLine command) implements Instruction {}

  /**
   * COPY.
   *
   * @param sources paths and patterns, in order; empty if only {@code files} are copied
   * @param files inline files
   * @param from a stage's name or index, an image or a named context; null for the build context
   * @param excludes patterns as in a .dockerignore file, relative to the source
   */
  record Copy(
      Origin origin,
      List<Word> sources,
      List<Heredoc> files,
      Word destination,
      @Nullable String from,
      @Nullable Word chown,
      @Nullable Word chmod,
      boolean link,
      boolean parents,
      List<String> excludes)
      implements Instruction {
    public Copy {
      sources = List.copyOf(sources);
      files = List.copyOf(files);
      excludes = List.copyOf(excludes);
    }

    @Override
    public Copy resolve(Variables variables) {
      return new Copy(
          origin,
          Words.resolve(sources, variables),
          Words.resolve(files, variables, range()),
          destination.resolved(variables),
          from,
          Words.resolve(chown, variables),
          Words.resolve(chmod, variables),
          link,
          parents,
          excludes);
    }
  }

  /**
   * ADD. The parts that COPY has too mean the same.
   *
   * @param checksum of a remote file or a git commit; null if not given
   * @param keepGitDir null if not given
   * @param unpack null if not given, which means: local archives yes, remote ones no
   */
  record Add(
      Origin origin,
      List<Word> sources,
      List<Heredoc> files,
      Word destination,
      @Nullable Word chown,
      @Nullable Word chmod,
      boolean link,
      List<String> excludes,
      @Nullable Word checksum,
      @Nullable Boolean keepGitDir,
      @Nullable Boolean unpack)
      implements Instruction {
    public Add {
      sources = List.copyOf(sources);
      files = List.copyOf(files);
      excludes = List.copyOf(excludes);
    }

    @Override
    public Add resolve(Variables variables) {
      return new Add(
          origin,
          Words.resolve(sources, variables),
          Words.resolve(files, variables, range()),
          destination.resolved(variables),
          Words.resolve(chown, variables),
          Words.resolve(chmod, variables),
          link,
          excludes,
          Words.resolve(checksum, variables),
          keepGitDir,
          unpack);
    }
  }

  /**
   * EXPOSE.
   *
   * @param ports in the order of their text; resolved ones are {@code 80/tcp}, ranges written out
   */
  record Expose(Origin origin, List<Word> ports) implements Instruction {
    public Expose {
      ports = List.copyOf(ports);
    }

    @Override
    public Expose resolve(Variables variables) {
      List<String> settled = new ArrayList<>();
      try {
        for (Word port : ports) {
          List<String> words =
              port.kind() == Word.Kind.LITERAL
                  ? List.of(port.text())
                  : Expansion.words(port, variables);
          for (String word : words) {
            Ports.expose(word, settled);
          }
        }
      } catch (Malformed e) {
        throw new DockerfileException(e.at(range()));
      }
      return new Expose(origin, Words.literals(settled, range()));
    }
  }

  /** VOLUME. */
  record Volume(Origin origin, List<Word> paths) implements Instruction {
    public Volume {
      paths = List.copyOf(paths);
    }

    @Override
    public Volume resolve(Variables variables) {
      List<Word> settled = Words.resolve(paths, variables);
      for (int index = 0; index < settled.size(); index++) {
        if (settled.get(index).text().isEmpty()) {
          throw Words.problem(
              range(), paths.get(index), "VOLUME specified can not be an empty string");
        }
      }
      return new Volume(origin, settled);
    }
  }

  /** USER. */
  record User(Origin origin, Word user) implements Instruction {
    @Override
    public User resolve(Variables variables) {
      return new User(origin, user.resolved(variables));
    }
  }

  /** WORKDIR. */
  record Workdir(Origin origin, Word path) implements Instruction {
    @Override
    public Workdir resolve(Variables variables) {
      return new Workdir(origin, path.resolved(variables));
    }
  }

  /**
   * ONBUILD.
   *
   * @param trigger the instruction kept for builds on this image, as written, heredocs included;
   *     {@link Dockerfile#parseTrigger} reads it
   */
  record OnBuild(Origin origin, String trigger) implements Instruction {}

  /** STOPSIGNAL. */
  record StopSignal(Origin origin, Word signal) implements Instruction {
    @Override
    public StopSignal resolve(Variables variables) {
      Word settled = signal.resolved(variables);
      if (!Signals.isSignal(settled.text())) {
        throw Words.problem(range(), signal, "invalid signal: " + settled);
      }
      return new StopSignal(origin, settled);
    }
  }

  /**
   * HEALTHCHECK.
   *
   * @param command null for HEALTHCHECK NONE
   * @param interval null if not given; the same holds for the durations that follow
   * @param retries null if not given
   */
  record Healthcheck(
      Origin origin,
      @Nullable CommandLine command,
      @Nullable Duration interval,
      @Nullable Duration timeout,
      @Nullable Duration startPeriod,
      @Nullable Duration startInterval,
      @Nullable Integer retries)
      implements Instruction {}

  /** SHELL. */
  record Shell(Origin origin, List<String> command) implements Instruction {
    public Shell {
      command = List.copyOf(command);
    }
  }
}
