package dev.cooper.builder;

/**
 * Who is told how a build goes. Called by several threads, one at a time. What it throws ends the
 * build.
 */
@FunctionalInterface
public interface BuildProgress {
  /** Tells nobody. */
  BuildProgress NONE = event -> {};

  /** Something happened. Returns soon: the build waits. */
  void report(BuildEvent event);
}
