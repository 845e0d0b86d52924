package dev.cooper.cli.build;

import dev.cooper.api.CacheLimit;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.flags.Option;
import dev.cooper.image.CooperException;
import org.jspecify.annotations.Nullable;

/** What {@code cooper build} is told about its cache. */
final class CacheOptions {
  /** The variable that limits the cache where no flag does. */
  private static final String VARIABLE = "COOPER_BUILD_CACHE_SIZE";

  @Option(
      names = "--cache-limit",
      paramLabel = "bytes",
      description =
          "How large the build cache may become; what was used longest ago is removed beyond that"
              + " (default $COOPER_BUILD_CACHE_SIZE, else 20GB, at most a tenth of the disk)")
  @Nullable String limit;

  @Option(
      names = "--explain",
      description = "Say of each step that is done again what changed since the last build")
  boolean explain;

  CacheLimit limit() {
    String text = limit != null ? limit : System.getenv(VARIABLE);
    if (text == null || text.isEmpty()) {
      return CacheLimit.STANDARD;
    }
    long bytes;
    try {
      bytes = HumanSize.parse(text);
    } catch (CooperException.InvalidInput e) {
      throw new UsageException(
          "invalid argument \""
              + text
              + "\" for "
              + (limit == null ? VARIABLE : "\"--cache-limit\"")
              + ": "
              + e.getMessage(),
          "cooper build --help");
    }
    if (bytes <= 0) {
      throw new UsageException(
          "a build cache of " + text + ": give a size such as 5GB, or use --no-cache",
          "cooper build --help");
    }
    return new CacheLimit(bytes);
  }
}
