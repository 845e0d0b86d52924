package dev.cooper.engine;

/**
 * What is at a path of a container.
 *
 * @param path as asked for
 * @param name its last part; {@code /} for the root
 * @param directory whether it is a directory
 * @param link whether it is a symbolic link
 * @param linkTarget of a link, the absolute path in the container that it leads to; empty otherwise
 */
public record ContainerPath(
    String path, String name, boolean directory, boolean link, String linkTarget) {}
