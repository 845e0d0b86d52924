package dev.cooper.cli.build;

import dev.cooper.api.CacheLimit;
import dev.cooper.builder.exchange.CacheSource;
import dev.cooper.builder.exchange.CacheTarget;
import dev.cooper.builder.exchange.LocalCache;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.flags.Option;
import dev.cooper.image.CooperException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  @Option(
      names = "--cache-from",
      paramLabel = "stringArray",
      description = "External cache sources (e.g., \"type=local,src=path/to/dir\")")
  List<String> from = new ArrayList<>();

  @Option(
      names = "--cache-to",
      paramLabel = "stringArray",
      description = "Cache export destinations (e.g., \"type=local,dest=path/to/dir\")")
  List<String> to = new ArrayList<>();

  /** Where results of steps are taken from. */
  List<CacheSource> sources() {
    List<CacheSource> sources = new ArrayList<>();
    for (String text : from) {
      Map<String, String> fields = fields("--cache-from", text, Set.of("type", "src"));
      sources.add(LocalCache.from(Path.of(required("--cache-from", text, fields, "src"))));
    }
    return sources;
  }

  /** Where results of steps go. */
  List<CacheTarget> targets() {
    List<CacheTarget> targets = new ArrayList<>();
    for (String text : to) {
      Map<String, String> fields = fields("--cache-to", text, Set.of("type", "dest", "mode"));
      String mode = fields.getOrDefault("mode", "min");
      if (!mode.equals("min") && !mode.equals("max")) {
        throw wrong("--cache-to", text, "invalid mode: " + mode + " (min, max)");
      }
      Path directory = Path.of(required("--cache-to", text, fields, "dest"));
      targets.add(LocalCache.to(directory, mode.equals("max")));
    }
    return targets;
  }

  private static Map<String, String> fields(String flag, String text, Set<String> known) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? "" : field.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      fields.put(name, equals < 0 ? field : field.substring(equals + 1));
    }
    String type = fields.getOrDefault("type", "registry");
    if (!type.equals("local")) {
      throw wrong(flag, text, "a cache of type " + type + " is not known (type=local)");
    }
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        throw wrong(flag, text, "unexpected key '" + name + "'");
      }
    }
    return fields;
  }

  private static String required(
      String flag, String text, Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw wrong(flag, text, "type=local needs " + name + "=DIRECTORY");
    }
    return value;
  }

  private static UsageException wrong(String flag, String text, String why) {
    return UsageException.invalidArgument(text, flag, why, "build");
  }

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
