package dev.cooper.disk;

/** Is told how a disk comes along. Called by one thread at a time, many times a second. */
@FunctionalInterface
public interface Progress {
  /** Looks away. */
  Progress NONE = (step, done, total) -> {};

  /**
   * @param step what is being done, in a few words; the same words until the next step
   * @param done bytes that are done of this step
   * @param total bytes that there are; 0 when a step has no measure
   */
  void at(String step, long done, long total);
}
