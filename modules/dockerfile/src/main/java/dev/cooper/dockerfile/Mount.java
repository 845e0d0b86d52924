package dev.cooper.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * A {@code RUN --mount}, resolved.
 *
 * @param from the stage, image or named context that a bind or cache mount starts from; null if
 *     none
 * @param source the path in {@code from}, or the id of a secret; null if not given
 * @param target where it is mounted, or the path of the secret's file; null if not given
 * @param readOnly the option if given, else true for bind, secret and ssh
 * @param sizeLimit bytes of a tmpfs; 0 for no limit
 * @param id the id of a cache, secret or ssh agent; null if not given
 * @param sharing how a cache is shared; null if not given, which means {@link Sharing#SHARED}
 * @param required whether a missing secret or agent fails the build
 * @param environment the variable that holds a secret; empty for the secret's id; null for a file
 * @param mode permission bits of a cache, secret or ssh mount; null if not given
 */
public record Mount(
    Type type,
    @Nullable String from,
    @Nullable String source,
    @Nullable String target,
    boolean readOnly,
    long sizeLimit,
    @Nullable String id,
    @Nullable Sharing sharing,
    boolean required,
    @Nullable String environment,
    @Nullable Integer mode,
    @Nullable Long uid,
    @Nullable Long gid) {

  /**
   * The id of a secret: {@code id}, or {@code source}, or the name of the target's file.
   *
   * @throws IllegalStateException if it is no secret mount
   */
  public String secretId() {
    if (type != Type.SECRET) {
      throw new IllegalStateException("not a secret mount");
    }
    if (source != null) {
      return source;
    }
    if (id != null) {
      return id;
    }
    String file = target == null ? "" : target;
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** The kinds of mount. */
  public enum Type {
    BIND,
    CACHE,
    TMPFS,
    SECRET,
    SSH
  }

  /** What happens when two builds want the same cache. */
  public enum Sharing {
    /** Both write to it at once. */
    SHARED,
    /** The second gets a new one. */
    PRIVATE,
    /** The second waits. */
    LOCKED
  }
}
