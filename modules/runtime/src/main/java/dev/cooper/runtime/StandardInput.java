package dev.cooper.runtime;

/** What a monitored process has for its standard input. */
public enum StandardInput {
  /** Nothing: reading finds the end at once. */
  EMPTY,
  /** What the first attachment gives; its end ends it. */
  ONCE,
  /** What attachments give, one after another; it never ends. */
  OPEN
}
