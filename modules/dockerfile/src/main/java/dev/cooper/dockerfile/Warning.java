package dev.cooper.dockerfile;

/**
 * What a check found.
 *
 * @param check the check's name, as in {@code StageNameCasing}
 * @param description what the check is about, one sentence
 * @param message what was found
 */
public record Warning(String check, String description, String message, SourceRange range) {}
