package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The images that a list of index entries amounts to, at one moment. */
final class Listing {
  private final List<StoredImage> images;
  private final Map<Digest, List<Descriptor>> entries;

  private Listing(List<StoredImage> images, Map<Digest, List<Descriptor>> entries) {
    this.images = images;
    this.entries = entries;
  }

  static Listing of(List<Descriptor> entries, ImageReading reading) throws IOException {
    Map<Digest, List<Descriptor>> byId = new LinkedHashMap<>();
    Map<Digest, ImageReading.Summary> summaries = new LinkedHashMap<>();
    for (Descriptor entry : entries) {
      ImageReading.Summary summary = reading.summary(entry);
      summaries.putIfAbsent(summary.id(), summary);
      byId.computeIfAbsent(summary.id(), id -> new ArrayList<>()).add(entry);
    }
    List<StoredImage> images = new ArrayList<>();
    for (Map.Entry<Digest, List<Descriptor>> group : byId.entrySet()) {
      images.add(image(summaries.get(group.getKey()), group.getValue()));
    }
    images.sort(Listing::newestFirst);
    return new Listing(images, byId);
  }

  // Not by Comparator.comparing: the AOT cache does not keep what that makes.
  private static int newestFirst(StoredImage one, StoredImage other) {
    int byTime =
        other.created().orElse(Instant.EPOCH).compareTo(one.created().orElse(Instant.EPOCH));
    return byTime != 0 ? byTime : one.id().compareTo(other.id());
  }

  private static int byName(Reference one, Reference other) {
    return one.familiar().compareTo(other.familiar());
  }

  private static StoredImage image(
      ImageReading.@Nullable Summary summary, List<Descriptor> entries) {
    if (summary == null) {
      throw new IllegalStateException("an entry without a summary");
    }
    List<Reference> names = new ArrayList<>();
    List<Reference> digests = new ArrayList<>();
    for (Descriptor entry : entries) {
      Reference reference = IndexEntries.name(entry);
      if (reference != null) {
        (reference.tag() == null ? digests : names).add(reference);
      }
    }
    names.sort(Listing::byName);
    digests.sort(Listing::byName);
    Descriptor first = entries.getFirst();
    return new StoredImage(
        summary.id(),
        Descriptor.of(first.mediaType(), first.digest(), first.size())
            .withPlatform(first.platform()),
        names,
        digests,
        summary.created(),
        summary.size(),
        summary.problem());
  }

  List<StoredImage> images() {
    return images;
  }

  Optional<StoredImage> resolve(String nameOrId) {
    String text = nameOrId.strip();
    Optional<StoredImage> found = byDigest(text);
    if (found.isPresent()) {
      return found;
    }
    Reference name = null;
    CooperException.InvalidInput notAName = null;
    try {
      name = Reference.parse(text);
    } catch (CooperException.InvalidInput e) {
      notAName = e;
    }
    if (name != null) {
      found = byName(name);
      if (found.isPresent()) {
        return found;
      }
    }
    String prefix = idPrefix(text);
    if (prefix != null) {
      return byPrefix(prefix);
    }
    if (notAName != null) {
      throw notAName;
    }
    return Optional.empty();
  }

  private Optional<StoredImage> byDigest(String text) {
    String digest = text.length() == 64 && !text.contains(":") ? "sha256:" + text : text;
    if (!Digest.isDigest(digest)) {
      return Optional.empty();
    }
    Digest wanted = Digest.parse(digest);
    return images.stream()
        .filter(image -> image.id().equals(wanted) || image.target().digest().equals(wanted))
        .findFirst();
  }

  /** Whether the text was an id or a part of one, rather than a name of this image. */
  static boolean isIdOf(StoredImage image, String text) {
    String prefix = idPrefix(text.strip());
    if (prefix == null || !image.id().hex().startsWith(prefix)) {
      return text.strip().equals(image.target().digest().toString());
    }
    return image.names().stream().noneMatch(name -> name.familiarRepository().equals(text.strip()));
  }

  private static @Nullable String idPrefix(String text) {
    String hex = text.startsWith("sha256:") ? text.substring(7) : text.toLowerCase(Locale.ROOT);
    if (hex.isEmpty() || hex.length() > 64) {
      return null;
    }
    return hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f') ? hex : null;
  }

  private Optional<StoredImage> byPrefix(String prefix) {
    List<StoredImage> found =
        images.stream().filter(image -> image.id().hex().startsWith(prefix)).toList();
    if (found.size() > 1) {
      throw new CooperException.InvalidInput(
          "image id \"" + prefix + "\" is ambiguous: " + found.size() + " images begin so",
          "give more of the id: " + shortIds(found));
    }
    return found.stream().findFirst();
  }

  private static String shortIds(Collection<StoredImage> found) {
    return String.join(
        ", ", found.stream().limit(5).map(image -> image.id().hex().substring(0, 20)).toList());
  }

  Optional<StoredImage> byName(Reference name) {
    Digest digest = name.digest();
    if (digest == null) {
      return images.stream().filter(image -> image.names().contains(name)).findFirst();
    }
    // What a tag beside a digest says does not count, as in Docker.
    Reference pulled = new Reference(name.domain(), name.path(), null, digest);
    return images.stream()
        .filter(
            image ->
                image.digests().contains(pulled)
                    || image.target().digest().equals(digest)
                        && image.names().stream()
                            .anyMatch(other -> other.repository().equals(name.repository())))
        .findFirst();
  }

  /** The image that an entry with this target belongs to; null when there is none. */
  @Nullable StoredImage byTarget(Digest target) {
    for (StoredImage image : images) {
      if (targets(image).contains(target)) {
        return image;
      }
    }
    return null;
  }

  /** The manifests of an image: several where the same config was packed in several ways. */
  Set<Digest> targets(StoredImage image) {
    Set<Digest> targets = new HashSet<>();
    for (Descriptor entry : entries.getOrDefault(image.id(), List.of())) {
      targets.add(entry.digest());
    }
    return targets;
  }
}
