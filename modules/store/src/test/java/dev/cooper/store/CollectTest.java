package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Mounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectTest {
  @TempDir Path directory;
  Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatANameLeadsToStays() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    Digest stray = store.blobs().put(bytes("nobody wants this"));
    Collected collected = store.collect(GarbageRoots.NONE).orElseThrow();
    assertThat(collected.blobs()).containsExactly(stray);
    assertThat(collected.bytes()).isEqualTo("nobody wants this".length());
    store.images().read(store.images().require("minios"));
    assertThat(store.damagedBlobs()).isEmpty();
    assertThat(store.indexes().find(store.images().read(image).diffIds().getFirst())).isNotNull();
  }

  @Test
  void factsGoWithTheLayersThatTheyAreAbout() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    String used = store.images().read(image).diffIds().getFirst().hex();
    Path facts = Files.createDirectories(store.layerFactsDirectory());
    Files.writeString(facts.resolve(used), "known");
    Files.writeString(facts.resolve("0".repeat(64)), "of a layer that is gone");
    Files.writeString(facts.resolve("new-123"), "half written");
    assertThat(store.collect(GarbageRoots.NONE)).isPresent();
    assertThat(facts.toFile().list()).containsExactly(used);
  }

  @Test
  void aLeaseHoldsItOff() throws IOException {
    Digest blob;
    try (Lease lease = store.lease()) {
      blob = store.blobs().put(bytes("not yet named"));
      assertThat(store.collect(GarbageRoots.NONE)).isEmpty();
      assertThat(store.blobs().contains(blob)).isTrue();
    }
    assertThat(store.collect(GarbageRoots.NONE)).isPresent();
    assertThat(store.blobs().contains(blob)).isFalse();
  }

  @Test
  void rootsKeepWhatTheyName() throws IOException {
    Digest cached = store.blobs().put(bytes("a cache entry's"));
    Descriptor used = Samples.image(store, "used", List.of(Samples.tar().file("a", "").toBytes()));
    GarbageRoots cache = marker -> marker.blob(cached);
    GarbageRoots containers = marker -> marker.image(used);
    assertThat(store.collect(cache.and(containers)).orElseThrow().blobs()).isEmpty();
    assertThat(store.collect(cache).orElseThrow().blobs()).hasSize(3);
    assertThat(store.blobs().contains(cached)).isTrue();
  }

  @Test
  void rootsThatFailEndItBeforeAnythingIsRemoved() throws IOException {
    Digest blob = store.blobs().put(bytes("x"));
    assertThat(
            catchThrowable(
                () ->
                    store.collect(
                        marker -> {
                          throw new IOException("a container that cannot be read");
                        })))
        .hasMessage("a container that cannot be read");
    assertThat(store.blobs().contains(blob)).isTrue();
    store.lease().close();
  }

  @Test
  void leftoversOfTheDeadAreSwept() throws IOException {
    Path left = store.root().resolve("tmp/12345-abc");
    Files.createDirectories(left.resolve("work/work"));
    Files.writeString(left.resolve("work/file"), "x");
    Files.createSymbolicLink(left.resolve("link"), directory);
    Path precious = Files.writeString(directory.resolve("precious"), "x");
    store.collect(GarbageRoots.NONE);
    assertThat(left).doesNotExist();
    assertThat(precious).exists();
  }

  @Test
  void aLeasesDirectoriesGoWithIt() throws IOException {
    Path kept;
    try (Lease lease = store.lease()) {
      Path work = lease.newDirectory();
      Files.writeString(work.resolve("file"), "x");
      kept = lease.newDirectory();
      Files.move(kept, directory.resolve("kept"));
      assertThat(work).isNotEqualTo(kept);
    }
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
    assertThat(directory.resolve("kept")).exists();
  }

  @Test
  void removedImagesAreReclaimed() throws IOException {
    Samples.tagged(store, "one");
    StoredImage two = Samples.tagged(store, "two");
    store.images().remove("one", false, ImageUsers.NONE);
    assertThat(store.collect(GarbageRoots.NONE).orElseThrow().blobs()).hasSize(3);
    assertThat(store.images().list()).containsExactly(two);
    store.images().remove("two", false, ImageUsers.NONE);
    store.collect(GarbageRoots.NONE);
    assertThat(store.root().resolve("blobs/sha256")).isEmptyDirectory();
    assertThat(store.root().resolve("toc")).isEmptyDirectory();
  }

  @Test
  void aNewNameForAnImageThatIsBeingCollectedIsSafe() throws IOException {
    StoredImage image = Samples.tagged(store, "one");
    try (Lease lease = store.lease()) {
      store.images().remove("one", false, ImageUsers.NONE);
      assertThat(store.collect(GarbageRoots.NONE)).isEmpty();
      store.images().tag(Reference.parse("two"), image.target());
    }
    assertThat(store.collect(GarbageRoots.NONE).orElseThrow().blobs()).isEmpty();
  }

  @Test
  void aMountThatAKilledProcessLeftIsDetached() throws IOException {
    Path left = Files.createDirectories(store.root().resolve("tmp/12345-abc/merged dir"));
    Path other = Files.createDirectory(directory.resolve("other"));
    Path precious = Files.writeString(other.resolve("precious"), "x");
    try {
      Mounts.bind(other, left);
    } catch (LinuxException e) {
      Assumptions.abort("mounting is not allowed here: " + e.getMessage());
    }
    assertThat(left.resolve("precious")).exists();
    assertThat(store.collect(GarbageRoots.NONE)).isPresent();
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
    assertThat(precious).exists();
  }
}
