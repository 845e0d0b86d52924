package dev.cooper.runtime;

/**
 * A limit of one process (setrlimit(2)).
 *
 * @param type in Docker's words: {@code nofile}, {@code nproc}, {@code core}, …
 * @param soft the limit in force; -1 for none
 * @param hard how far a process may raise it itself; -1 for none
 */
public record ResourceLimit(String type, long soft, long hard) {}
