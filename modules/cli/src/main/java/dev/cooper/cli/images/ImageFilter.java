package dev.cooper.cli.images;

import dev.cooper.api.LocalImages;
import dev.cooper.cli.FilterWord;
import dev.cooper.cli.format.Glob;
import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which images to list: {@code --filter} and the pattern behind {@code images}. */
final class ImageFilter {
  private final LocalImages images;
  private final List<String> references;
  private final List<String> labels;
  private final @Nullable Boolean dangling;
  private final @Nullable Instant before;
  private final @Nullable Instant since;

  private ImageFilter(
      LocalImages images,
      List<String> references,
      List<String> labels,
      @Nullable Boolean dangling,
      @Nullable Instant before,
      @Nullable Instant since) {
    this.images = images;
    this.references = references;
    this.labels = labels;
    this.dangling = dangling;
    this.before = before;
    this.since = since;
  }

  static ImageFilter parse(List<String> filters, LocalImages images) throws IOException {
    List<String> references = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    Boolean dangling = null;
    Instant before = null;
    Instant since = null;
    for (String filter : filters) {
      FilterWord word = FilterWord.parse(filter, "-f, --filter");
      String value = word.value();
      switch (word.name()) {
        case "reference" -> references.add(value);
        case "label" -> labels.add(value);
        case "dangling" ->
            dangling =
                switch (value) {
                  case "true", "1" -> true;
                  case "false", "0" -> false;
                  default ->
                      throw new CooperException.InvalidInput(
                          "Invalid filter 'dangling=[" + value + "]'");
                };
        case "before" -> before = images.require(value).created().orElse(Instant.EPOCH);
        case "since" -> since = images.require(value).created().orElse(Instant.EPOCH);
        default -> throw new CooperException.InvalidInput("Invalid filter '" + word.name() + "'");
      }
    }
    return new ImageFilter(images, references, labels, dangling, before, since);
  }

  /** This filter, and a pattern for names besides. */
  ImageFilter matching(String pattern) {
    List<String> more = new ArrayList<>(references);
    more.add(pattern);
    return new ImageFilter(images, more, labels, dangling, before, since);
  }

  boolean acceptsDangling() {
    return references.isEmpty();
  }

  /** The image's names that the patterns allow. */
  List<Reference> names(StoredImage image) {
    if (references.isEmpty()) {
      return image.names();
    }
    List<Reference> names = new ArrayList<>();
    for (Reference name : image.names()) {
      for (String pattern : references) {
        if (Glob.matches(pattern, name.familiar())
            || Glob.matches(pattern, name.familiarRepository())) {
          names.add(name);
          break;
        }
      }
    }
    return names;
  }

  boolean accepts(StoredImage image) throws IOException {
    if (dangling != null && dangling != image.dangling()) {
      return false;
    }
    Instant created = image.created().orElse(Instant.EPOCH);
    if ((before != null && !created.isBefore(before))
        || (since != null && !created.isAfter(since))) {
      return false;
    }
    if (labels.isEmpty()) {
      return true;
    }
    var present = images.read(image).config().config().labels();
    for (String label : labels) {
      int equals = label.indexOf('=');
      String value = present.get(equals < 0 ? label : label.substring(0, equals));
      if (value == null || (equals >= 0 && !value.equals(label.substring(equals + 1)))) {
        return false;
      }
    }
    return true;
  }
}
