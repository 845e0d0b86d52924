package dev.cooper.builder.run;

import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.Attachment;
import dev.cooper.runtime.Monitor;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A shell where a command of RUN has failed: its files, mounts, variables, user and network. */
public interface Inspection {
  /** What is run: the stage's shell. */
  String program();

  /**
   * Makes the shell ready on a pseudo-terminal; {@link Shell#start} lets it begin.
   *
   * @throws dev.cooper.runtime.RuntimeFailure if the image has no such program
   */
  Shell open(Optional<TerminalSize> size) throws IOException, InterruptedException;

  /** A shell; closing it ends it. */
  interface Shell extends Closeable {
    /** Its process. */
    Monitor monitor();

    /** Its input and output. */
    Attachment attachment();

    /** Lets it begin. */
    void start() throws IOException;
  }
}
