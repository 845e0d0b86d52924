package dev.cooper.image.archive;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.Compression;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How layers are packed when an image leaves.
 *
 * @param compression what layers that are not packed get: none, gzip or zstd
 * @param level of the compression; null for its usual one
 * @param force whether layers that are packed already are packed anew
 * @param dockerTypes whether the documents go by Docker's media types rather than by OCI's
 */
public record LayerPacking(
    Compression compression, @Nullable Integer level, boolean force, boolean dockerTypes) {
  /** gzip at its usual level, by OCI's names. */
  public static final LayerPacking DEFAULT = new LayerPacking(Compression.GZIP, null, false, false);

  private static final int GZIP_MOST = 9;
  private static final int ZSTD_MOST = 22;

  /**
   * @throws CooperException.InvalidInput for a compression that layers cannot have, or a level that
   *     it does not know
   */
  public LayerPacking {
    Objects.requireNonNull(compression);
    if (compression == Compression.BZIP2 || compression == Compression.XZ) {
      throw new CooperException.InvalidInput("layers are never packed with " + compression);
    }
    int most = compression == Compression.GZIP ? GZIP_MOST : ZSTD_MOST;
    if (level != null && (compression == Compression.NONE || level < 1 || level > most)) {
      throw new CooperException.InvalidInput(
          "invalid compression-level: " + level, "gzip has 1 to 9, zstd 1 to 22");
    }
  }

  public LayerPacking withDockerTypes(boolean changed) {
    return new LayerPacking(compression, level, force, changed);
  }
}
