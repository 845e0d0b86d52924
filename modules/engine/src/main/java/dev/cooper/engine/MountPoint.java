package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Something mounted in a container.
 *
 * @param type {@code bind}, {@code volume} or {@code tmpfs}
 * @param name the volume's; empty otherwise
 * @param source path on the host; empty for tmpfs
 * @param target absolute path in the container
 * @param readOnly whether it cannot be written
 * @param anonymous whether it is a volume that nobody named, and goes with the last container that
 *     has it
 * @param options propagation of a bind, options of a tmpfs
 */
@Json
public record MountPoint(
    String type,
    String name,
    String source,
    String target,
    boolean readOnly,
    boolean anonymous,
    List<String> options) {
  public MountPoint {
    options = List.copyOf(options);
  }

  /** The same in another container. */
  MountPoint shared(boolean onlyRead) {
    return new MountPoint(type, name, source, target, readOnly || onlyRead, anonymous, options);
  }
}
