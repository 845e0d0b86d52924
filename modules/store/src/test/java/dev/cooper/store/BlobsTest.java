package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest extends BlobStoreContract {
  @TempDir Path directory;
  Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  @Override
  BlobSource source() {
    return store.blobs();
  }

  @Override
  BlobSink sink() {
    return store.blobs();
  }

  @Override
  int leftovers() throws IOException {
    return Layout.entries(store.root().resolve("tmp")).size();
  }

  @Test
  void aDamagedBlobIsNoticedByWhoeverReadsIt() throws IOException {
    byte[] bytes = random(300_000, 1);
    Digest digest = store.blobs().put(bytes);
    bytes[200_000] ^= 1;
    Files.write(store.blobs().path(digest), bytes);
    assertThatThrownBy(() -> store.blobs().open(digest).readAllBytes())
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining(digest.toString())
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> store.blobs().verify(digest))
        .isInstanceOf(CooperException.Corrupt.class);
    assertThat(store.damagedBlobs()).containsExactly(digest);
  }

  @Test
  void aShortBlobIsNoticedAndPutRightByPuttingItAgain() throws IOException {
    byte[] bytes = random(300_000, 1);
    Digest digest = store.blobs().put(bytes);
    Files.write(store.blobs().path(digest), new byte[10]);
    assertThatThrownBy(() -> store.blobs().verify(digest))
        .isInstanceOf(CooperException.Corrupt.class);
    store.blobs().put(bytes);
    store.blobs().verify(digest);
  }

  @Test
  void skippingDoesNotEscapeVerification() throws IOException {
    byte[] bytes = random(300_000, 1);
    Digest digest = store.blobs().put(bytes);
    try (var in = store.blobs().open(digest)) {
      in.skipNBytes(299_999);
      assertThat(in.read()).isEqualTo(bytes[299_999] & 0xff);
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
