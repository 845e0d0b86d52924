package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every place that blobs are written to and read from keeps to. */
abstract class BlobStoreContract {
  /** The place under test, as a source. */
  abstract BlobSource source();

  /** The same place, as a sink. */
  abstract BlobSink sink();

  /** The number of files that are not blobs and were left by writers. */
  abstract int leftovers() throws IOException;

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void whatWasPutIsThere() throws IOException {
    byte[] bytes = random(3_000_000, 1);
    Digest digest = sink().put(bytes);
    assertThat(digest).isEqualTo(Digest.sha256(bytes));
    assertThat(source().contains(digest)).isTrue();
    assertThat(source().size(digest)).isEqualTo(bytes.length);
    try (InputStream in = source().open(digest)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    try (SeekableByteChannel channel = source().channel(digest)) {
      ByteBuffer piece = ByteBuffer.allocate(10);
      channel.position(2_999_990);
      while (piece.hasRemaining() && channel.read(piece) >= 0) {}
      assertThat(piece.array()).isEqualTo(Arrays.copyOfRange(bytes, 2_999_990, 3_000_000));
    }
    assertThat(leftovers()).isZero();
  }

  @Test
  void theEmptyBlobIsABlob() throws IOException {
    Digest digest = sink().put(new byte[0]);
    assertThat(source().size(digest)).isZero();
    assertThat(source().bytes(digest, 10)).isEmpty();
  }

  @Test
  void writesOfAnySizesAddUp() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      byte[] bytes = random(random.nextInt(1_000_000), round);
      try (BlobWriter writer = sink().begin()) {
        for (int at = 0; at < bytes.length; ) {
          int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << (1 + round)));
          if (length == 1) {
            writer.stream().write(bytes[at]);
          } else {
            writer.stream().write(bytes, at, length);
          }
          at += length;
        }
        assertThat(writer.commit()).isEqualTo(Digest.sha256(bytes));
      }
      assertThat(source().bytes(Digest.sha256(bytes), 1_000_000)).isEqualTo(bytes);
    }
  }

  @Test
  void puttingAgainChangesNothing() throws IOException {
    Digest first = sink().put(random(100, 2));
    assertThat(sink().put(random(100, 2))).isEqualTo(first);
    assertThat(source().size(first)).isEqualTo(100);
    assertThat(leftovers()).isZero();
  }

  @Test
  void closingWithoutCommitLeavesNothing() throws IOException {
    try (BlobWriter writer = sink().begin()) {
      writer.stream().write(random(1_000_000, 3));
    }
    assertThat(source().contains(Digest.sha256(random(1_000_000, 3)))).isFalse();
    assertThat(leftovers()).isZero();
  }

  @Test
  void anotherDigestThanExpectedIsRefused() throws IOException {
    Digest expected = Digest.sha256(random(10, 4));
    try (BlobWriter writer = sink().begin()) {
      writer.stream().write(random(10, 5));
      assertThatThrownBy(() -> writer.commit(expected))
          .isInstanceOf(CooperException.Corrupt.class)
          .hasMessageContaining(expected.toString());
    }
    assertThat(source().contains(expected)).isFalse();
    assertThat(source().contains(Digest.sha256(random(10, 5)))).isFalse();
    assertThat(leftovers()).isZero();
  }

  @Test
  void anExpectedDigestMayBeOfAnotherAlgorithm() throws Exception {
    byte[] bytes = random(1000, 6);
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(bytes);
    Digest expected = new Digest("sha512", HexFormat.of().formatHex(hash));
    try (BlobWriter writer = sink().begin()) {
      writer.stream().write(bytes);
      assertThat(writer.commit(expected)).isEqualTo(expected);
    }
    assertThat(source().bytes(expected, 1000)).isEqualTo(bytes);
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    Digest absent = Digest.sha256(random(10, 8));
    assertThat(source().contains(absent)).isFalse();
    assertThatThrownBy(() -> source().size(absent)).isInstanceOf(CooperException.NotFound.class);
    assertThatThrownBy(() -> source().open(absent))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessageContaining(absent.toString());
    assertThatThrownBy(() -> source().channel(absent)).isInstanceOf(CooperException.NotFound.class);
  }

  @Test
  void manyWritersAtOnce() throws Exception {
    Callable<Digest> same = () -> sink().put(random(500_000, 9));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Digest>> digests =
          executor.invokeAll(IntStream.range(0, 16).mapToObj(i -> same).toList());
      for (Future<Digest> digest : digests) {
        assertThat(digest.get()).isEqualTo(Digest.sha256(random(500_000, 9)));
      }
    }
    assertThat(source().bytes(Digest.sha256(random(500_000, 9)), 500_000)).hasSize(500_000);
    assertThat(leftovers()).isZero();
  }
}
