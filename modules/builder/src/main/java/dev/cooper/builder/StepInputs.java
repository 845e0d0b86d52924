package dev.cooper.builder;

import dev.cooper.builder.copy.FileChange;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.util.List;

/**
 * What decides about the result of a step, part by part: told when it is done again.
 *
 * @param parent the key of the state that it builds on
 * @param instruction the instruction with its variables filled in
 * @param arguments the build arguments and flags that it sees, {@code name=value}
 * @param content stands for all that it reads; empty if it reads nothing
 * @param source what messages call that
 * @param files how the files that it reads differ from earlier; asked only when it is done again
 */
record StepInputs(
    Digest parent,
    String instruction,
    List<String> arguments,
    String content,
    String source,
    Comparison files) {
  StepInputs {
    arguments = List.copyOf(arguments);
  }

  /** Looks for the files that make the difference. */
  interface Changes {
    List<FileChange> find() throws IOException;
  }

  /** Looks for the files that make the difference to what was read when it was done last. */
  interface Comparison {
    /**
     * The files, by path; none if that is not known.
     *
     * @param before what {@link StepInputs#content} was
     */
    List<FileChange> since(String before) throws IOException;
  }

  /** A step that reads nothing. */
  static StepInputs of(StageState state, String instruction) {
    return new StepInputs(state.key(), instruction, List.of(), "", "", before -> List.of());
  }

  StepInputs withArguments(List<String> changed) {
    return new StepInputs(parent, instruction, changed, content, source, files);
  }

  /** What finds out by itself how its files differ from earlier. */
  StepInputs reading(String what, String name, Changes changes) {
    return comparing(what, name, before -> changes.find());
  }

  StepInputs comparing(String what, String name, Comparison comparison) {
    return new StepInputs(parent, instruction, arguments, what, name, comparison);
  }
}
