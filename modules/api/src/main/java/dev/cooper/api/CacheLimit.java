package dev.cooper.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How large the build cache may become, not counting what images have too.
 *
 * @param fixed in bytes; 0 for {@link #STANDARD}
 */
public record CacheLimit(long fixed) {
  /** 20 GB, or a tenth of the store's file system where that is less. */
  public static final CacheLimit STANDARD = new CacheLimit(0);

  private static final long MOST = 20_000_000_000L;
  private static final int PART = 10;

  public CacheLimit {
    if (fixed < 0) {
      throw new IllegalArgumentException("a limit of " + fixed + " bytes");
    }
  }

  /** In bytes, for the store at {@code root}. */
  public long bytes(Path root) throws IOException {
    return fixed > 0 ? fixed : Math.min(MOST, Files.getFileStore(root).getTotalSpace() / PART);
  }
}
