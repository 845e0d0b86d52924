package dev.cooper.builder.copy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How copied files are placed.
 *
 * @param destination absolute; it ends in a slash if it has to be a directory
 * @param uid the owner of everything that does not keep its own; likewise {@code gid}
 * @param keepOwners whether what is copied keeps its owners, as it does between images
 * @param mode what becomes of permission bits; null to keep each file's own
 * @param created the time of directories that have to be made
 * @param fixed the time of everything that is copied, so that no checkout's times matter; null to
 *     keep each file's own
 */
public record Placement(
    String destination,
    long uid,
    long gid,
    boolean keepOwners,
    @Nullable ModeChange mode,
    Instant created,
    @Nullable Instant fixed) {
  boolean endsInSlash() {
    return destination.endsWith("/");
  }
}
