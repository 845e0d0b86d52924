package dev.cooper.builder;

import dev.cooper.builder.run.Inspection;
import java.io.IOException;

/** Who looks into a RUN that failed, while everything is still as the command left it. */
@FunctionalInterface
public interface Debugger {
  /** Nobody does. */
  Debugger NONE = (failure, inspection) -> {};

  /** The command failed. When this returns, its files are thrown away. */
  void failed(BuildFailure failure, Inspection inspection) throws IOException, InterruptedException;
}
