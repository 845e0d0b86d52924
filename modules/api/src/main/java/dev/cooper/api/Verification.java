package dev.cooper.api;

import dev.cooper.builder.BuildOutput;
import dev.cooper.builder.BuildProgress;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.BuildResult;
import dev.cooper.builder.Builder;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.difference.RebuildDifference;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of building an image again.
 *
 * <p>An image that was built with {@code SOURCE_DATE_EPOCH} says so by when it was created: a time
 * in whole seconds. It is built again with that time, and is the same only if its id is. Any other
 * image has the times at which its steps ran; it is built again without, and is the same if all but
 * times is. A request that has a {@code SOURCE_DATE_EPOCH} of its own is compared with its times.
 *
 * @param epoch the {@code SOURCE_DATE_EPOCH} of the second build; empty if times were not compared
 * @param platforms the image on each platform that the request asks for
 */
public record Verification(Optional<Instant> epoch, List<PlatformVerification> platforms) {
  public Verification {
    platforms = List.copyOf(platforms);
  }

  /**
   * The image on one platform.
   *
   * @param image its id
   * @param rebuilt the id of what came out
   * @param difference how they differ. It may be empty though the ids differ: because of times, or
   *     because another builder writes the same config in other words
   */
  public record PlatformVerification(
      Platform platform, Digest image, Digest rebuilt, RebuildDifference difference) {}

  /** Whether the same image came out on every platform, but for times where they do not count. */
  public boolean isSame() {
    for (PlatformVerification each : platforms) {
      boolean same =
          epoch.isPresent() ? each.image().equals(each.rebuilt()) : each.difference().isEmpty();
      if (!same) {
        return false;
      }
    }
    return true;
  }

  static Verification of(
      Store store,
      Builder builder,
      StoredImage stored,
      BuildRequest request,
      BuildProgress progress)
      throws IOException, InterruptedException {
    // What was built has no name: only this keeps it until it has been compared.
    try (Lease _ = store.lease()) {
      List<Platform> wanted = request.platforms();
      if (wanted.isEmpty()) {
        Platform host = Platform.host();
        Platform only = Image.read(store.blobs(), stored.target(), host).config().platform();
        wanted = List.of(only.architecture().isEmpty() || host.accepts(only) ? host : only);
      }
      List<Image> images = new ArrayList<>();
      for (Platform platform : wanted) {
        images.add(Image.read(store.blobs(), stored.target(), platform));
      }
      Optional<Instant> epoch =
          Optional.ofNullable(request.sourceDateEpoch()).or(() -> epoch(images.getFirst()));
      BuildResult result =
          builder.build(
              (wanted.equals(List.of(Platform.host())) ? request : request.withPlatforms(wanted))
                  .withTags(List.of())
                  .withOutputs(List.of(new BuildOutput.Nothing()))
                  .withCacheFrom(List.of())
                  .withCacheTo(List.of())
                  .withUseCache(false)
                  .withRemembered(false)
                  .withSourceDateEpoch(epoch.orElse(null)),
              progress);
      List<PlatformVerification> compared = new ArrayList<>();
      for (int i = 0; i < wanted.size(); i++) {
        Image rebuilt = Image.read(store.blobs(), result.manifest(), wanted.get(i));
        compared.add(compare(store, wanted.get(i), images.get(i), rebuilt, epoch.isPresent()));
      }
      return new Verification(epoch, compared);
    }
  }

  private static Optional<Instant> epoch(Image image) {
    Instant created = image.config().created();
    return created == null || created.getNano() != 0 ? Optional.empty() : Optional.of(created);
  }

  private static PlatformVerification compare(
      Store store, Platform platform, Image image, Image rebuilt, boolean times)
      throws IOException {
    try (ExploredImage before = ExploredImage.open(store.blobs(), image, store.indexes());
        ExploredImage after = ExploredImage.open(store.blobs(), rebuilt, store.indexes())) {
      return new PlatformVerification(
          platform,
          image.configDigest(),
          rebuilt.configDigest(),
          RebuildDifference.between(before, after, times));
    }
  }
}
