package dev.cooper.runtime;

/**
 * What keeps a container from those parts of the kernel that are shared with everybody and were
 * broken through before.
 *
 * @param filtersCalls whether system calls beyond Docker's default ones are refused (seccomp)
 * @param masksPaths whether parts of /proc and /sys are hidden or read-only
 */
public record Confinement(boolean filtersCalls, boolean masksPaths) {
  /** Both, as Docker has it by default. */
  public static final Confinement STANDARD = new Confinement(true, true);
}
