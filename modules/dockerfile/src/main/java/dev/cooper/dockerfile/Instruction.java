package dev.cooper.dockerfile;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a Dockerfile.
 *
 * <p>Its {@link Word}s are as written until {@link #resolve} settles them. JSON (exec) forms and
 * shell lines are never expanded.
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

  /**
   * The same instruction with every word settled against the variables as they stood before it.
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
      implements Instruction {}

  /** ARG: one or more declarations. */
  record Arg(Origin origin, List<Declaration> declarations) implements Instruction {

    /**
     * One declared argument.
     *
     * @param value the default; null if there is none
     * @param comment what the comment above says about it ({@code # NAME is …}); empty if nothing
     */
    public record Declaration(Word name, @Nullable Word value, String comment) {}
  }

  /** A key and its value; {@code legacy} for the form without an equals sign. */
  record KeyValue(Word key, Word value, boolean legacy) {}

  /** ENV. */
  record Env(Origin origin, List<KeyValue> variables) implements Instruction {}

  /** LABEL. */
  record Label(Origin origin, List<KeyValue> labels) implements Instruction {}

  /** MAINTAINER, long deprecated. */
  record Maintainer(Origin origin, String name) implements Instruction {}

  /**
   * RUN.
   *
   * @param mountFlags the values of {@code --mount}, in order: see {@link #mounts}
   */
  record Run(
      Origin origin, CommandLine command, List<Word> mountFlags, Network network, Security security)
      implements Instruction {

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
   * @param from a stage, an image or a named context; null for the build context
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
      implements Instruction {}

  /**
   * ADD.
   *
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
      implements Instruction {}

  /** EXPOSE; a resolved one holds {@code 80/tcp}, ranges written out. */
  record Expose(Origin origin, List<Word> ports) implements Instruction {}

  /** VOLUME. */
  record Volume(Origin origin, List<Word> paths) implements Instruction {}

  /** USER. */
  record User(Origin origin, Word user) implements Instruction {}

  /** WORKDIR. */
  record Workdir(Origin origin, Word path) implements Instruction {}

  /**
   * ONBUILD.
   *
   * @param trigger the instruction kept for builds on this image, as written
   */
  record OnBuild(Origin origin, String trigger) implements Instruction {}

  /** STOPSIGNAL. */
  record StopSignal(Origin origin, Word signal) implements Instruction {}

  /**
   * HEALTHCHECK.
   *
   * @param command null for HEALTHCHECK NONE; durations and retries are null if not given
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
  record Shell(Origin origin, List<String> command) implements Instruction {}
}
