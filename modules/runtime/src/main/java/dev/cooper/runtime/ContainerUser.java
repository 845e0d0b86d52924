package dev.cooper.runtime;

/**
 * A user as a container knows it.
 *
 * @param name as in the container's /etc/passwd; empty if it is not there
 * @param home its home directory; {@code /} if it is not there
 */
public record ContainerUser(ProcessUser ids, String name, String home) {}
