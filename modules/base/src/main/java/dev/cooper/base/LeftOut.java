package dev.cooper.base;

/**
 * Something of a directory that is not in the image made of it.
 *
 * @param path from the directory, with a leading slash
 * @param why in words, such as {@code a host key}
 */
public record LeftOut(String path, String why) {}
