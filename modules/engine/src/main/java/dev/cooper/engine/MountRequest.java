package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Something to mount, as the user named it.
 *
 * @param type {@code bind}, {@code volume} or {@code tmpfs}
 * @param source path on the host, or a volume's name; empty for a nameless volume and for tmpfs
 * @param target absolute path in the container
 * @param readOnly whether it cannot be written
 * @param createSource whether a bind's missing source becomes a directory ({@code -v} does that,
 *     {@code --mount} does not)
 * @param noCopy whether a new volume stays empty instead of getting what the image has at the
 *     target
 * @param options the remaining words: propagation of a bind ({@code rshared}), options of a tmpfs
 *     ({@code size=64m})
 */
@Json
public record MountRequest(
    String type,
    String source,
    String target,
    boolean readOnly,
    boolean createSource,
    boolean noCopy,
    List<String> options) {
  public static final String BIND = "bind";
  public static final String VOLUME = "volume";
  public static final String TMPFS = "tmpfs";

  public MountRequest {
    options = List.copyOf(options);
  }
}
