package dev.cooper.cli.build;

import dev.cooper.builder.BuildProgress;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A build as the user is shown it, from its first step to its end. */
interface ShownProgress extends BuildProgress {
  /** Something else is about to use the terminal; what is shown later starts anew below it. */
  default void pause() {}

  /** The build has ended. To be called once, however it ended. */
  void end(boolean success);

  /** Where the words of a pull go; null if they are not shown. */
  default @Nullable PrintStream pullOutput() {
    return null;
  }

  /** Whether the output of a step that fails has been shown in full. */
  default boolean showsOutput() {
    return true;
  }
}
