package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Index;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
  @TempDir Path directory;
  Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  private Removal remove(String nameOrId, boolean force, ImageUsers.User... users)
      throws IOException {
    return store.images().remove(nameOrId, force, id -> List.of(users));
  }

  private static ImageUsers.User container(boolean running) {
    return new ImageUsers.User("0123456789abcdef0123456789abcdef", running);
  }

  @Test
  void aNameLeadsToItsImage() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    assertThat(image.names()).extracting(Reference::familiar).containsExactly("minios:latest");
    assertThat(image.created()).contains(Samples.TIME);
    assertThat(image.size()).isEqualTo("minios".length());
    for (String given :
        List.of(
            "minios",
            "minios:latest",
            "docker.io/library/minios",
            image.id().toString(),
            image.id().hex(),
            image.id().shortHex(),
            image.target().digest().toString(),
            "minios@" + image.target().digest())) {
      assertThat(store.images().require(given)).as(given).isEqualTo(image);
    }
    assertThat(store.images().read(image).config().author()).isEqualTo("minios");
    assertThat(store.images().list()).containsExactly(image);
  }

  @Test
  void whatIsNotThereIsSaidInDockersWords() {
    assertThatThrownBy(() -> store.images().require("absent"))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessage("No such image: absent:latest");
    assertThatThrownBy(() -> store.images().require("sha256:" + "0".repeat(64)))
        .hasMessage("No such image: sha256:" + "0".repeat(64));
    assertThatThrownBy(() -> store.images().require("UPPER/Case"))
        .isInstanceOf(CooperException.InvalidInput.class);
  }

  @Test
  void anAmbiguousIdIsRefused() throws IOException {
    // Of 17 images two must begin with the same digit.
    for (int i = 0; i < 17; i++) {
      Samples.tagged(store, "image" + i);
    }
    List<String> first =
        store.images().list().stream().map(image -> image.id().hex().substring(0, 1)).toList();
    String twice =
        first.stream()
            .filter(digit -> first.indexOf(digit) != first.lastIndexOf(digit))
            .findAny()
            .get();
    assertThatThrownBy(() -> store.images().require(twice))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("ambiguous");
  }

  @Test
  void aNameGoesBeforeAnIdThatBeginsLikeIt() throws IOException {
    StoredImage image = Samples.tagged(store, "x");
    String prefix = image.id().hex().substring(0, 4);
    StoredImage other = Samples.tagged(store, prefix);
    assertThat(store.images().require(prefix)).isEqualTo(other);
  }

  @Test
  void aNameThatMovesLeavesADanglingImage() throws IOException {
    StoredImage first = Samples.tagged(store, "minios");
    StoredImage second = Samples.tagged(store, "other");
    store.images().tag(Reference.parse("minios"), second.target());
    assertThat(store.images().require("minios").id()).isEqualTo(second.id());
    StoredImage dangling = store.images().require(first.id().toString());
    assertThat(dangling.dangling()).isTrue();
    assertThat(store.images().list()).hasSize(2);

    store.images().tag(Reference.parse("again"), first.target());
    assertThat(store.images().require(first.id().toString()).names())
        .extracting(Reference::familiar)
        .containsExactly("again:latest");
    assertThat(store.images().list()).hasSize(2);
  }

  @Test
  void taggingTwiceChangesNothing() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    byte[] before = Files.readAllBytes(store.root().resolve("index.json"));
    store.images().tag(Reference.parse("minios"), image.target());
    store.images().add(image.target());
    assertThat(Files.readAllBytes(store.root().resolve("index.json"))).isEqualTo(before);
  }

  @Test
  void namingNeedsTheWholeImage() throws IOException {
    try (Lease lease = store.lease()) {
      Descriptor target =
          Samples.image(store, "x", List.of(Samples.tar().file("a", "b").toBytes()));
      Digest layer = store.images().read(storedAs(target)).layers().getFirst().digest();
      Files.delete(store.blobs().path(layer));
      assertThatThrownBy(() -> store.images().tag(Reference.parse("x"), target))
          .isInstanceOf(CooperException.NotFound.class)
          .hasMessageContaining(layer.toString());
    }
    assertThat(store.images().list()).isEmpty();
  }

  private static StoredImage storedAs(Descriptor target) {
    return new StoredImage(
        target.digest(),
        target,
        List.of(),
        List.of(),
        java.util.Optional.empty(),
        0,
        java.util.Optional.empty());
  }

  @Test
  void removingTheLastNameRemovesTheImage() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    store.images().tag(Reference.parse("localhost:5000/x:1"), image.target());

    assertThat(remove("minios", false).lines()).containsExactly("Untagged: minios:latest");
    Removal last = remove("localhost:5000/x:1", false);
    assertThat(last.lines())
        .containsExactly(
            "Untagged: localhost:5000/x:1",
            "Deleted: " + image.id(),
            "Deleted: " + last.deleted().get(1));
    assertThat(store.images().list()).isEmpty();
    assertThatThrownBy(() -> remove("minios", false)).isInstanceOf(CooperException.NotFound.class);
  }

  @Test
  void layersThatOthersHaveAreNotSaidToBeDeleted() throws IOException {
    byte[] base = Samples.tar().file("base", "1").toBytes();
    byte[] more = Samples.tar().file("more", "2").toBytes();
    Descriptor one = Samples.image(store, "one", List.of(base));
    Descriptor two = Samples.image(store, "two", List.of(base, more));
    store.images().tag(Reference.parse("one"), one);
    StoredImage second = store.images().tag(Reference.parse("two"), two);
    Digest top = ChainIds.of(List.of(Digest.sha256(base), Digest.sha256(more))).getLast();
    assertThat(remove("two", false).deleted()).containsExactly(second.id(), top);
  }

  @Test
  void anImageInUseStays() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    assertThatThrownBy(() -> remove("minios", false, container(false)))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessage(
            "conflict: unable to remove repository reference \"minios\" (must force) - container"
                + " 0123456789ab is using its referenced image "
                + image.id().shortHex());
    assertThatThrownBy(() -> remove(image.id().shortHex(), false, container(false)))
        .hasMessage(
            "conflict: unable to delete "
                + image.id().shortHex()
                + " (must be forced) - image is being used by stopped container 0123456789ab");
    assertThatThrownBy(() -> remove(image.id().shortHex(), true, container(true)))
        .hasMessage(
            "conflict: unable to delete "
                + image.id().shortHex()
                + " (cannot be forced) - image is being used by running container 0123456789ab");
    assertThat(store.images().list()).containsExactly(image);

    // By name and with force, the name goes and the image of the running container stays.
    assertThat(remove("minios", true, container(true)).lines())
        .containsExactly("Untagged: minios:latest");
    assertThat(store.images().list()).singleElement().matches(StoredImage::dangling);
    assertThat(remove(image.id().shortHex(), true, container(false)).deleted())
        .contains(image.id());
    assertThat(store.images().list()).isEmpty();
  }

  @Test
  void anIdWithNamesInSeveralRepositoriesNeedsForce() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    store.images().tag(Reference.parse("other:1"), image.target());
    assertThatThrownBy(() -> remove(image.id().toString(), false))
        .hasMessage(
            "conflict: unable to delete "
                + image.id().shortHex()
                + " (must be forced) - image is referenced in multiple repositories");
    assertThat(remove(image.id().toString(), true).lines())
        .startsWith("Untagged: minios:latest", "Untagged: other:1", "Deleted: " + image.id());
    assertThat(store.images().list()).isEmpty();
  }

  @Test
  void theDigestAnImageWasPulledByGoesWithItsTag() throws IOException {
    StoredImage image = Samples.tagged(store, "busybox:1");
    Reference digest = Reference.parse("busybox@" + image.target().digest());
    image = store.images().tag(digest, image.target());
    assertThat(image.digests()).containsExactly(digest);
    assertThat(remove("busybox:1", false).untagged())
        .extracting(Reference::familiar)
        .containsExactly("busybox:1", digest.familiar());
    assertThat(store.images().list()).isEmpty();
  }

  @Test
  void untaggingKeepsTheImage() throws IOException {
    Samples.tagged(store, "minios");
    assertThat(store.images().untag(Reference.parse("minios"))).isTrue();
    assertThat(store.images().untag(Reference.parse("minios"))).isFalse();
    assertThat(store.images().list()).singleElement().matches(StoredImage::dangling);
  }

  @Test
  void anIndexLeadsToTheImageForThisMachine() throws IOException {
    Descriptor mine = Samples.image(store, "mine", List.of(Samples.tar().file("a", "").toBytes()));
    Descriptor other =
        Samples.image(store, "other", List.of(Samples.tar().file("b", "").toBytes()));
    byte[] index =
        Index.of(
                List.of(
                    other.withPlatform(new Platform("linux", "s390x", null)),
                    mine.withPlatform(Platform.host())))
            .toJson();
    Digest digest = store.blobs().put(index);
    StoredImage image =
        store
            .images()
            .tag(
                Reference.parse("both"), Descriptor.of(MediaTypes.OCI_INDEX, digest, index.length));
    assertThat(store.images().read(image).config().author()).isEqualTo("mine");
    assertThat(store.images().require("both").target().digest()).isEqualTo(digest);
    assertThat(store.collect(GarbageRoots.NONE).orElseThrow().blobs()).isEmpty();
  }

  @Test
  void aDamagedImageIsListedAndCanBeRemoved() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    Samples.tagged(store, "whole");
    Files.delete(store.blobs().path(image.target().digest()));
    StoredImage damaged = store.images().require("minios");
    assertThat(damaged.problem()).isPresent();
    assertThat(store.images().list()).hasSize(2);
    assertThatThrownBy(() -> store.images().read(damaged)).isInstanceOf(CooperException.class);
    assertThat(remove("minios", false).lines()).contains("Untagged: minios:latest");
    assertThat(store.images().list()).hasSize(1);
  }
}
