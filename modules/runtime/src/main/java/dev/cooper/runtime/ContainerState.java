package dev.cooper.runtime;

/**
 * What the runtime says of a container (runtime-spec, runtime.md).
 *
 * @param status {@code creating}, {@code created}, {@code running}, {@code paused} or {@code
 *     stopped}
 * @param pid its first process, 0 if it has none
 */
public record ContainerState(String status, int pid) {}
