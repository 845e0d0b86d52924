package dev.cooper.builder;

import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened in a build. Steps of different stages may run at the same time. */
public sealed interface BuildEvent {

  /**
   * One instruction of the build.
   *
   * @param number counted from 1 over all stages that are built, in the Dockerfile's order
   * @param total how many there are
   * @param stage the stage's name, or its number if it has none
   * @param line where it starts in the Dockerfile; 0 for one that is not written there
   * @param text the instruction as written
   */
  record Step(int number, int total, String stage, int line, String text) {}

  /** A step begins. */
  record Started(Step step) implements BuildEvent {}

  /** The result of an earlier build is used for the step. */
  record Cached(Step step) implements BuildEvent {}

  /**
   * The step is not taken from the build cache.
   *
   * @param reasons what changed since the last build; empty if nobody asked for it
   */
  record Missed(Step step, List<Reason> reasons) implements BuildEvent {
    public Missed {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * The step runs a process.
   *
   * @param container the id of its container, 12 hexadecimal digits
   */
  record Running(Step step, String container) implements BuildEvent {}

  /**
   * The step's process wrote something.
   *
   * @param error whether to standard error
   * @param bytes not to be changed by anyone
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Output(Step step, boolean error, byte[] bytes) implements BuildEvent {}

  /** The container of the step is gone. */
  record Removed(Step step, String container) implements BuildEvent {}

  /**
   * A step is done.
   *
   * @param image the id of the image as it is after the step; null for one without any content
   */
  record Finished(Step step, @Nullable Digest image) implements BuildEvent {}

  /** The step failed, which ends the build. */
  record Failed(Step step, String why) implements BuildEvent {}

  /** Triggers that the base image left for builds on it are about to run. */
  record Triggers(Step step, int count) implements BuildEvent {}

  /** Something that is allowed, but perhaps not meant. */
  record Warned(String message) implements BuildEvent {}

  /** The image is in the store. */
  record Built(Digest image) implements BuildEvent {}

  /** The image got a name. */
  record Tagged(Reference name) implements BuildEvent {}

  /**
   * The result was written to somewhere else than the store.
   *
   * @param where the file or folder, for people
   */
  record Exported(String where) implements BuildEvent {}
}
