package dev.cooper.cli.build;

import dev.cooper.api.Cooper;
import dev.cooper.builder.BuildProgress;
import dev.cooper.builder.ImagePublisher;
import dev.cooper.cli.images.PullOutput;
import dev.cooper.cli.images.PushOutput;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A build as the user is shown it, from its first step to its end. */
interface ShownProgress extends BuildProgress {
  /** Something else is about to use the terminal; what is shown later starts anew below it. */
  default void pause() {}

  /** The build has ended. To be called once, however it ended. */
  void end(boolean success);

  /** Where the words of a pull and a push go; null if they are not shown. */
  default @Nullable PrintStream pullOutput() {
    return null;
  }

  /**
   * Brings images that a build names, and tells about it among the events of the build.
   *
   * @param events where these go; lines of one pull stay together, those of steps wait meanwhile
   */
  default Cooper.Puller puller(Cooper cooper, BuildProgress events) {
    return (name, wanted) -> {
      synchronized (events) {
        PullOutput.pull(cooper, name, wanted, pullOutput());
      }
    };
  }

  /** Sends what a build wants pushed, and tells about it among the events of the build. */
  default ImagePublisher publisher(Cooper cooper, BuildProgress events) {
    return name -> {
      synchronized (events) {
        PrintStream out = pullOutput();
        if (out != null) {
          out.println("The push refers to repository [" + name.repository() + "]");
        }
        return PushOutput.push(cooper, name, out);
      }
    };
  }

  /** Whether the output of a step that fails has been shown in full. */
  default boolean showsOutput() {
    return true;
  }
}
