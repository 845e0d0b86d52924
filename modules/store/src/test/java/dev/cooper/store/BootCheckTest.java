package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that stopped, by what it may leave: files whose content never reached the disk. */
class BootCheckTest {
  @TempDir Path directory;
  Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  private void restartMachine() throws IOException {
    Files.writeString(store.root().resolve("boot"), "an earlier boot");
    store = Store.open(store.root());
  }

  private Digest blob(String text) throws IOException {
    return store.blobs().put(text.getBytes());
  }

  @Test
  void whatWasNotSafelyWrittenIsReadAgain() throws IOException {
    Digest whole = blob("whole");
    Digest cut = blob("cut off");
    Digest zeros = blob("zeros");
    Files.write(store.blobs().path(cut), new byte[3]);
    Files.write(store.blobs().path(zeros), new byte[5]);
    restartMachine();
    assertThat(store.blobs().contains(whole)).isTrue();
    assertThat(store.blobs().contains(cut)).isFalse();
    assertThat(store.blobs().contains(zeros)).isFalse();
    assertThat(Durability.isSealed(store.blobs().path(whole))).isTrue();
  }

  @Test
  void whatWasNamedIsSafe() throws IOException {
    StoredImage image = Samples.tagged(store, "minios");
    Descriptor loose =
        Samples.image(store, "loose", List.of(Samples.tar().file("loose", "").toBytes()));
    assertThat(Durability.isSealed(store.blobs().path(image.target().digest()))).isTrue();
    assertThat(Durability.isSealed(store.blobs().path(image.id()))).isTrue();
    assertThat(Durability.isSealed(store.blobs().path(loose.digest()))).isFalse();
    store.images().tag(Reference.parse("loose"), loose);
    assertThat(Durability.isSealed(store.blobs().path(loose.digest()))).isTrue();
  }

  @Test
  void cachesThatWereNotSealedAreDropped() throws IOException {
    Samples.tagged(store, "minios");
    Path layer = Files.createDirectories(store.root().resolve("layers/0123/diff"));
    Path sealed = Files.createDirectories(store.root().resolve("layers/4567/diff"));
    Durability.markSealed(sealed.getParent());
    restartMachine();
    assertThat(layer.getParent()).doesNotExist();
    assertThat(sealed).exists();
    assertThat(store.root().resolve("toc")).isEmptyDirectory();
    assertThat(store.images().list()).hasSize(1);
  }

  @Test
  void itIsDoneOnce() throws IOException {
    restartMachine();
    Digest cut = blob("cut off");
    Files.write(store.blobs().path(cut), new byte[3]);
    Store.open(store.root());
    assertThat(store.blobs().contains(cut)).isTrue();
  }
}
