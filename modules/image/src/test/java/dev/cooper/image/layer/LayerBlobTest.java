package dev.cooper.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.MemoryBlobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What of a layer's files is read, in whatever order and however little of each. */
class LayerBlobTest {
  private static final List<Integer> SIZES = List.of(10, 1_000_000, 0, 700, 40_000, 5, 300_000);

  private static byte[] content(int number) {
    byte[] bytes = new byte[SIZES.get(number)];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      for (int i = 0; i < SIZES.size(); i++) {
        tar.write(TarEntry.file("f" + i, SIZES.get(i)), new ByteArrayInputStream(content(i)));
      }
    }
    return bytes.toByteArray();
  }

  private static LayerBlob blob(byte[] tar, byte[] stored) {
    MemoryBlobs blobs = new MemoryBlobs();
    Digest digest = Digest.sha256(stored);
    blobs.blobs().put(digest, stored);
    Descriptor descriptor =
        new Descriptor(MediaTypes.OCI_LAYER, digest, stored.length, Map.of(), null);
    return new LayerBlob(blobs, descriptor, Digest.sha256(tar));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void aScanGivesEachFileWhateverWasReadOfTheOneBefore() throws IOException {
    byte[] tar = tar();
    for (byte[] stored : List.of(tar, gzip(tar))) {
      try (LayerBlob blob = blob(tar, stored)) {
        LayerIndex index = blob.readIndex();
        for (int read : new int[] {0, 4, 5_000, Integer.MAX_VALUE}) {
          try (LayerBlob.Scan scan = blob.scan()) {
            for (int i = 0; i < SIZES.size(); i++) {
              InputStream in = scan.next(index.entries().get(i));
              byte[] expected = content(i);
              assertThat(in.readNBytes(read))
                  .isEqualTo(Arrays.copyOf(expected, Math.min(read, expected.length)));
            }
          }
        }
      }
    }
  }

  @Test
  void aChannelReadsHereAndThereAndNoFurtherThanItsFile() throws IOException {
    byte[] tar = tar();
    try (LayerBlob blob = blob(tar, tar)) {
      LayerIndex.Entry file = blob.readIndex().entries().get(4);
      SeekableByteChannel channel = blob.channel(file);
      assertThat(channel).isNotNull();
      assertThat(channel.size()).isEqualTo(40_000);
      ByteBuffer buffer = ByteBuffer.allocate(100);
      channel.position(39_950);
      assertThat(channel.read(buffer)).isEqualTo(50);
      assertThat(channel.read(buffer)).isEqualTo(-1);
      assertThat(Arrays.copyOf(buffer.array(), 50))
          .isEqualTo(Arrays.copyOfRange(content(4), 39_950, 40_000));
      channel.position(7);
      assertThat(channel.read(buffer.clear())).isEqualTo(100);
      assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(content(4), 7, 107));
    }
    try (LayerBlob blob = blob(tar, gzip(tar))) {
      assertThat(blob.channel(blob.readIndex().entries().get(4))).isNull();
    }
  }

  @Test
  void aBlobThatEndsInAFileIsDamaged() throws IOException {
    byte[] tar = tar();
    LayerIndex index;
    try (LayerBlob whole = blob(tar, tar)) {
      index = whole.readIndex();
    }
    try (LayerBlob cut = blob(tar, Arrays.copyOf(tar, 500_000))) {
      SeekableByteChannel channel = cut.channel(index.entries().get(1));
      channel.position(600_000);
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(10)))
          .isInstanceOf(CooperException.Corrupt.class);
      try (LayerBlob.Scan scan = cut.scan()) {
        assertThatThrownBy(() -> scan.next(index.entries().get(4)).read())
            .isInstanceOf(CooperException.Corrupt.class);
      }
    }
  }
}
