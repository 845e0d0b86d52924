package dev.cooper.runtime;

/** Which of a process's two outputs. A process with a terminal has only the first. */
public enum OutputKind {
  STANDARD_OUTPUT,
  STANDARD_ERROR
}
