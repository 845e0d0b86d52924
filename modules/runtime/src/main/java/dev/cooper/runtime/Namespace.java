package dev.cooper.runtime;

import java.nio.file.Path;

/** Where one of a container's namespaces comes from. */
public sealed interface Namespace {
  /** Its own, made for it. */
  Namespace OWN = new Own();

  /** The host's: not separated at all. */
  Namespace HOST = new Host();

  /** Its own. */
  record Own() implements Namespace {}

  /** The host's. */
  record Host() implements Namespace {}

  /**
   * One that exists: another container's, or one prepared for this one.
   *
   * @param path such as {@code /proc/PID/ns/net}, or where it is mounted
   */
  record Joined(Path path) implements Namespace {}

  /**
   * That of a running process.
   *
   * @param kind as in /proc: {@code net}, {@code pid}, {@code ipc}, {@code uts}
   */
  static Namespace of(int pid, String kind) {
    return new Joined(Path.of("/proc/" + pid + "/ns/" + kind));
  }
}
