package dev.cooper.builder;

import dev.cooper.image.CooperException;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.archive.BlobCopy;
import dev.cooper.image.archive.ImageLayout;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contexts that a build has beside its own, by name. One is opened when an instruction first
 * names it. For several threads.
 */
final class NamedContexts implements Closeable {
  private static final String LATEST = ":latest";

  private final Store store;
  private final Lease lease;
  private final ImageResolver resolver;
  private final BuildRequest request;
  private final Map<String, BuildContext> contexts = new HashMap<>();
  private final Map<String, ContextOpening> open = new HashMap<>();

  NamedContexts(Store store, Lease lease, ImageResolver resolver, BuildRequest request) {
    this.store = store;
    this.lease = lease;
    this.resolver = resolver;
    this.request = request;
    request.namedContexts().forEach((name, context) -> contexts.put(key(name), context));
  }

  /** A name as it is compared: letters in lower case, an image's without what is understood. */
  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    try {
      String familiar = Reference.parse(lower).familiar();
      return familiar.endsWith(LATEST)
          ? familiar.substring(0, familiar.length() - LATEST.length())
          : familiar;
    } catch (CooperException.InvalidInput e) {
      return lower;
    }
  }

  /** Whether there is a context of this name. */
  boolean has(String name) {
    return !contexts.isEmpty() && contexts.containsKey(key(name));
  }

  /** Whether there is one, and it is files rather than an image. */
  boolean isFolder(String name) {
    return has(name)
        && switch (contexts.get(key(name))) {
          case BuildContext.Named _, BuildContext.Layout _ -> false;
          case null, default -> true;
        };
  }

  /** The files of a context that is no image. */
  synchronized Build.ContextFiles folder(String name) throws IOException, InterruptedException {
    String key = key(name);
    ContextOpening opened = open.get(key);
    if (opened == null) {
      opened =
          ContextOpening.of(
              store,
              lease,
              request
                  .withContext(context(key))
                  .withDockerfile(new DockerfileSource.Text(name, "")));
      open.put(key, opened);
    }
    return opened.files();
  }

  /**
   * The image of a context that is one.
   *
   * @throws CooperException.NotFound if there is no such image
   */
  synchronized Image image(String name, Platform platform) throws IOException {
    return switch (context(key(name))) {
      case BuildContext.Named named -> resolver.resolve(named.name(), platform, request.pull());
      case BuildContext.Layout layout -> {
        ImageLayout images = ImageLayout.open(layout.folder());
        yield BlobCopy.image(images, images.find(layout.image()), platform, store.blobs());
      }
      default -> throw new IllegalStateException(name + " is no image");
    };
  }

  private BuildContext context(String key) {
    @Nullable BuildContext context = contexts.get(key);
    if (context == null) {
      throw new IllegalStateException("no context " + key);
    }
    return context;
  }

  @Override
  public synchronized void close() throws IOException {
    for (ContextOpening opening : open.values()) {
      opening.close();
    }
  }
}
