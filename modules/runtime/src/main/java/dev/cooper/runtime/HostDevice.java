package dev.cooper.runtime;

import java.nio.file.Path;

/**
 * A device of the host in a container, or a folder of devices with all that are in it.
 *
 * @param source on the host, such as {@code /dev/kvm}
 * @param target in the container, absolute
 * @param access of {@code r}, {@code w} and {@code m} (make)
 */
public record HostDevice(Path source, String target, String access) {}
