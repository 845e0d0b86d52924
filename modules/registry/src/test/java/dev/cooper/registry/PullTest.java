package dev.cooper.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulling from registries that ask, send elsewhere, break off and lie. */
class PullTest {
  @TempDir Path directory;
  private Store store;
  private FakeRegistry registry;
  private byte[] layer = new byte[0];
  private byte[] blob = new byte[0];

  @BeforeEach
  void open() throws IOException {
    store = Store.open(directory.resolve("store"));
    registry = new FakeRegistry();
    layer = Samples.layer("etc/name", 300_000);
    blob = Samples.gzip(layer);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  /** Offers an image of one layer and returns its manifest. */
  private Descriptor offer(String tag, Platform platform, byte[] packed) {
    byte[] config = Samples.config(platform, List.of(layer));
    registry.blobs.put(Digest.sha256(config), config);
    registry.blobs.put(Digest.sha256(packed), packed);
    byte[] manifest =
        Manifest.of(
                Descriptor.of(MediaTypes.OCI_CONFIG, config),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, packed)))
            .toJson();
    return offer(tag, MediaTypes.OCI_MANIFEST, manifest).withPlatform(platform);
  }

  private Descriptor offer(String tag, String type, byte[] json) {
    Descriptor descriptor = Descriptor.of(type, json);
    for (String name : List.of(tag, descriptor.digest().toString())) {
      registry.manifests.put(name, json);
      registry.types.put(name, type);
    }
    return descriptor;
  }

  private Reference name(String tag) {
    return Reference.parse(registry.domain() + "/some/image:" + tag);
  }

  private Pull.Pulled pull(Reference name, Credentials credentials, Platform platform)
      throws IOException {
    Registry from = Registry.toPull(name, credentials, Map.of());
    return new Pull(from, store.blobs(), store.blobs(), store.indexes(), LayerProgress.NONE)
        .pull(name, platform);
  }

  private Pull.Pulled pull(Reference name) throws IOException {
    return pull(name, new Credentials.None(), Platform.host());
  }

  @Test
  void anImageComesWholeAndIsNotFetchedTwice() throws IOException {
    Descriptor manifest = offer("1", Platform.host(), blob);

    Pull.Pulled pulled = pull(name("1"));

    assertThat(pulled.named().digest()).isEqualTo(manifest.digest());
    Image image = Image.read(store.blobs(), pulled.manifest(), Platform.host());
    assertThat(image.diffIds()).containsExactly(Digest.sha256(layer));
    assertThat(store.blobs().contains(Digest.sha256(blob))).isTrue();
    registry.requests.clear();
    pull(name("1"));
    assertThat(registry.requests).hasSize(1).allMatch(request -> request.contains("/manifests/1"));
  }

  @Test
  void ofAnIndexThePlatformsManifestComesAndTheIndexStaysWhatItIs() throws IOException {
    Descriptor mine = offer("mine", Platform.host(), blob);
    Descriptor other = offer("other", Platform.parse("linux/riscv64"), blob);
    byte[] json = Index.of(List.of(other, mine)).toJson();
    Descriptor index = offer("multi", MediaTypes.OCI_INDEX, json);

    Pull.Pulled pulled = pull(name("multi"));

    assertThat(pulled.named().digest()).isEqualTo(index.digest());
    assertThat(pulled.manifest().digest()).isEqualTo(mine.digest());
    assertThat(store.blobs().contains(other.digest())).isFalse();
    assertThatThrownBy(
            () -> pull(name("multi"), new Credentials.None(), Platform.parse("linux/s390x")))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessage("no matching manifest for linux/s390x in the manifest list entries");
  }

  @Test
  void aTokenIsFetchedWhereTheRegistrySays() throws IOException {
    registry.token = "open-sesame";
    offer("1", Platform.host(), blob);

    pull(name("1"), new Credentials.Password("ali", "baba"), Platform.host());

    assertThat(registry.requests)
        .anyMatch(
            request ->
                request.equals(
                    "elsewhere GET /token?service=fake&scope=repository%3Asome%2Fimage%3Apull"
                        + "&account=ali Basic YWxpOmJhYmE="));
    assertThat(registry.requests)
        .filteredOn(request -> request.startsWith("registry"))
        .as("the password goes to the authority alone")
        .noneMatch(request -> request.contains("Basic"));
  }

  @Test
  void aLoginShowsTheCredentialsToTheRegistry() throws IOException {
    registry.token = "open-sesame";
    Login.check(registry.domain(), new Credentials.Password("ali", "baba"), Map.of());
    assertThat(registry.requests)
        .contains("elsewhere GET /token?service=fake&account=ali Basic YWxpOmJhYmE=");
    registry.refusesTokens = true;
    assertThatThrownBy(
            () -> Login.check(registry.domain(), new Credentials.Password("x", "y"), Map.of()))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageContaining("unauthorized: incorrect username or password");
  }

  /** Registries give blobs out of storage that belongs to others. */
  @Test
  void credentialsDoNotTravelToWhereABlobIsGivenOut() throws IOException {
    registry.token = "open-sesame";
    registry.redirect = true;
    offer("1", Platform.host(), blob);

    pull(name("1"));

    assertThat(registry.requests)
        .filteredOn(request -> request.startsWith("elsewhere GET /v2/"))
        .hasSize(2)
        .noneMatch(request -> request.contains("Bearer"));
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() throws IOException {
    registry.breakAfter = 100_000;
    offer("1", Platform.host(), blob);

    Pull.Pulled pulled = pull(name("1"));

    assertThat(registry.requests).anyMatch(request -> request.contains("bytes="));
    assertThat(Image.read(store.blobs(), pulled.manifest(), Platform.host()).layers()).hasSize(1);
  }

  @Test
  void bytesThatAreNotWhatTheyShouldBeAreRefused() throws IOException {
    offer("1", Platform.host(), blob);
    byte[] forged = blob.clone();
    forged[forged.length / 2] ^= 1;
    registry.blobs.put(Digest.sha256(blob), forged);
    assertThatThrownBy(() -> pull(name("1"))).isInstanceOf(CooperException.Corrupt.class);
    assertThat(store.blobs().contains(Digest.sha256(blob))).isFalse();
    assertThat(store.blobs().contains(Digest.sha256(forged))).isFalse();

    Descriptor manifest = offer("2", Platform.host(), Samples.gzip(Samples.layer("evil", 10)));
    assertThatThrownBy(() -> pull(name("2")))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("does not unpack to " + Digest.sha256(layer));
    registry.manifests.put(manifest.digest().toString(), Samples.utf8("{}"));
    assertThatThrownBy(() -> pull(name("2").withDigest(manifest.digest())))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("other bytes than " + manifest.digest());
  }

  @Test
  void whatIsNotThereIsToldInDockersWords() {
    assertThatThrownBy(() -> pull(name("nosuch")))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessage(
            "manifest for "
                + name("nosuch").familiar()
                + " not found: manifest unknown: manifest unknown");
  }

  @Test
  void aRegistryThatIsNotThereIsOneLineAtOnce() {
    Reference name = Reference.parse("127.0.0.1:1/x");
    assertThatThrownBy(() -> pull(name))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessage("Get \"http://127.0.0.1:1/v2/x/manifests/latest\": connection refused");
  }

  @Test
  void whatIsNoImageIsRefused() {
    byte[] empty = Samples.utf8("{}");
    registry.blobs.put(Digest.sha256(empty), empty);
    byte[] json = Manifest.of(Descriptor.of(MediaTypes.OCI_EMPTY, empty), List.of()).toJson();
    offer("artifact", MediaTypes.OCI_MANIFEST, json);
    assertThatThrownBy(() -> pull(name("artifact")))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("is no image");
  }
}
