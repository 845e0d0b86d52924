package dev.cooper.api;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.registry.CredentialStore;
import dev.cooper.registry.Credentials;
import dev.cooper.registry.LayerProgress;
import dev.cooper.registry.Login;
import dev.cooper.registry.Pull;
import dev.cooper.registry.Push;
import dev.cooper.registry.Registry;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images from registries and to them, with the credentials that {@code docker login} keeps. */
public final class Registries {
  private final Store store;
  private final Map<String, String> environment;
  private final CredentialStore credentials;

  Registries(Store store, Map<String, String> environment) {
    this.store = store;
    this.environment = environment;
    this.credentials = CredentialStore.ofUser(environment);
  }

  /**
   * What a pull came to.
   *
   * @param image the image as it is here now
   * @param named what the name leads to in the registry: an index where there is one
   * @param isNew whether the name led to another image before, or to none
   */
  public record Pulled(StoredImage image, Descriptor named, boolean isNew) {}

  /**
   * Brings an image and names it, by its tag and by its digest. Until then nothing of it is seen.
   *
   * @param platform for which platform; null for this machine's
   * @throws CooperException.NotFound when there is no such image, or none for the platform
   * @throws CooperException.Failed when the registry cannot be reached or does not give it
   */
  public Pulled pull(Reference name, @Nullable Platform platform, LayerProgress progress)
      throws IOException {
    try (Lease lease = store.lease()) {
      Registry registry = Registry.toPull(name, credentials.find(name.domain()), environment);
      Pull.Pulled pulled =
          new Pull(registry, store.blobs(), store.blobs(), store.indexes(), progress)
              .pull(name, platform == null ? Platform.host() : platform);
      Optional<StoredImage> before = store.images().find(name);
      // For a platform of its own choice the user wants that image, not whichever fits.
      Descriptor target = platform == null ? pulled.named() : pulled.manifest();
      Reference byDigest = new Reference(name.domain(), name.path(), null, pulled.named().digest());
      StoredImage image;
      if (name.digest() == null) {
        image = store.images().tag(name, target);
        if (target.equals(pulled.named())) {
          image = store.images().tag(byDigest, target);
        }
      } else {
        image = store.images().tag(byDigest, target);
      }
      boolean isNew = before.isEmpty() || !before.get().id().equals(image.id());
      return new Pulled(image, pulled.named(), isNew);
    }
  }

  /**
   * Keeps credentials once the registry has taken them.
   *
   * @return whether they are kept in a file, as they are
   * @throws CooperException.Failed when the registry does not take them
   */
  public boolean login(String domain, Credentials.Password password) throws IOException {
    Login.check(domain, password, environment);
    return credentials.put(domain, password);
  }

  /** Forgets a registry's credentials; returns whether there were any. */
  public boolean logout(String domain) throws IOException {
    return credentials.remove(domain);
  }

  /** The file in which credentials are kept, or named who keeps them. */
  public Path credentialsFile() {
    return credentials.file();
  }

  /** The tags that a repository has. */
  public List<String> tags(Reference repository) throws IOException {
    return Registry.toPull(repository, credentials.find(repository.domain()), environment).tags();
  }

  /**
   * Sends an image: of several platforms all that are here if that is all there are, else this
   * machine's.
   *
   * @param name its name here, which says where it goes
   * @return its manifest in the registry
   * @throws CooperException.NotFound in Docker's words, when there is no such image here
   */
  public Descriptor push(Reference name, LayerProgress progress) throws IOException {
    try (Lease lease = store.lease()) {
      StoredImage stored = local(name);
      Push push =
          new Push(
              Registry.toPush(name, credentials.find(name.domain()), environment),
              store.blobs(),
              store.blobs(),
              new PackedLayerNotes(store.cacheDirectory().resolve("packed")),
              progress);
      String tag = String.valueOf(name.tag());
      Descriptor sent;
      if (isWholeIndex(stored.target())) {
        sent = push.pushIndex(stored.target(), tag);
      } else {
        Image image = store.images().read(stored);
        String type = image.manifest().mediaType();
        sent = push.push(image, type == null ? MediaTypes.OCI_MANIFEST : type, tag);
      }
      if (sent.digest().equals(stored.target().digest())) {
        store
            .images()
            .tag(new Reference(name.domain(), name.path(), null, sent.digest()), stored.target());
      }
      return sent;
    }
  }

  private boolean isWholeIndex(Descriptor target) throws IOException {
    if (!MediaTypes.isIndex(target.mediaType())) {
      return false;
    }
    Index index = Index.parse(store.blobs().bytes(target.digest(), Image.DOCUMENT_LIMIT));
    for (Descriptor entry : index.manifests()) {
      if (!MediaTypes.isManifest(entry.mediaType()) || !store.blobs().contains(entry.digest())) {
        return false;
      }
    }
    return !index.manifests().isEmpty();
  }

  /** An image that is here under exactly this name. */
  public StoredImage local(Reference name) throws IOException {
    return store
        .images()
        .find(name)
        .orElseThrow(
            () ->
                new CooperException.NotFound(
                    "An image does not exist locally with the tag: " + name.familiarRepository(),
                    "give it that name first: cooper tag IMAGE " + name.familiar()));
  }
}
