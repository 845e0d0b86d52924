package dev.cooper.cli.build;

import dev.cooper.builder.BuildCache;
import dev.cooper.cli.FilterWord;
import dev.cooper.cli.format.When;
import dev.cooper.image.CooperException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The filters of {@code builder prune}; an entry has to pass them all. */
final class CacheFilter {
  private final List<Predicate<BuildCache.Entry>> conditions;

  private CacheFilter(List<Predicate<BuildCache.Entry>> conditions) {
    this.conditions = conditions;
  }

  static CacheFilter parse(List<String> filters, Instant now) {
    List<Predicate<BuildCache.Entry>> conditions = new ArrayList<>();
    for (String filter : filters) {
      FilterWord word = FilterWord.parse(filter, "--filter");
      String value = word.value();
      switch (word.name()) {
        case "until", "unused-for" -> {
          Instant until = When.parse(value, now);
          conditions.add(entry -> entry.used().isBefore(until));
        }
        case "type" -> conditions.add(entry -> entry.kind().title().equals(value));
        case "id" -> conditions.add(entry -> entry.id().startsWith(value));
        default ->
            throw new CooperException.InvalidInput(
                "invalid filter '" + word.name() + "'", "known: until, type, id");
      }
    }
    return new CacheFilter(conditions);
  }

  boolean accepts(BuildCache.Entry entry) {
    for (Predicate<BuildCache.Entry> condition : conditions) {
      if (!condition.test(entry)) {
        return false;
      }
    }
    return true;
  }
}
