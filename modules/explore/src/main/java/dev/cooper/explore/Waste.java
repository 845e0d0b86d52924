package dev.cooper.explore;

/**
 * A path that several layers store.
 *
 * @param path without a leading slash
 * @param count the layers that store or remove it, 2 or more
 * @param bytes what they store of it together
 * @param reclaimable the part of it that is in no container: all but what the top layer has
 */
public record Waste(String path, int count, long bytes, long reclaimable) {}
