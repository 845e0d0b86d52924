package dev.cooper.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.MemoryBlobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerWriterTest {
  private static final int LARGE = 3_000_001;

  @Test
  void largeLayersPassThroughTheBackgroundInOrder() throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entries.add(TarEntry.file("f" + i, i % 7 == 0 ? LARGE : i * 1000));
    }
    MemoryBlobs blobs = new MemoryBlobs();
    Layer layer;
    try (LayerWriter writer = LayerWriter.to(blobs)) {
      for (TarEntry entry : entries) {
        InputStream content = new ByteArrayInputStream(Entries.contents(entry));
        if (entry.size() % 2 == 0) {
          writer.add(entry, content);
        } else {
          writer.add(entry, Channels.newChannel(content));
        }
      }
      assertThat(writer.entries()).isEqualTo(40);
      layer = writer.finish();
    }
    byte[] tar = Entries.tar(entries);
    assertThat(blobs.blobs()).containsOnlyKeys(Digest.sha256(tar));
    assertThat(layer.diffId()).isEqualTo(Digest.sha256(tar));
    assertThat(layer.blob().digest()).isEqualTo(layer.diffId());
    assertThat(layer.index()).isEqualTo(LayerIndex.read(new ByteArrayInputStream(tar)));
  }

  @Test
  void timesLoseTheirFraction() throws IOException {
    try (LayerWriter writer = LayerWriter.to(new MemoryBlobs())) {
      writer.add(TarEntry.file("a", 0).withModified(Instant.ofEpochSecond(5, 999)));
      writer.add(TarEntry.file("b", 0).withModified(Instant.ofEpochSecond(-5, 999)));
      assertThat(writer.finish().index().entries())
          .extracting(indexed -> indexed.entry().modified())
          .containsExactly(Instant.ofEpochSecond(5), Instant.ofEpochSecond(-5));
    }
  }

  @Test
  void nothingIsStoredUnlessItIsFinished() throws IOException {
    MemoryBlobs blobs = new MemoryBlobs();
    LayerWriter writer = LayerWriter.to(blobs);
    writer.add(TarEntry.file("a", LARGE), new ByteArrayInputStream(new byte[LARGE]));
    writer.close();
    writer.close();
    assertThat(blobs.blobs()).isEmpty();
  }

  @Test
  void aFileThatShrankIsAFailure() throws IOException {
    try (LayerWriter writer = LayerWriter.to(new MemoryBlobs())) {
      assertThatThrownBy(
              () -> writer.add(TarEntry.file("log", 10), new ByteArrayInputStream(new byte[4])))
          .isInstanceOf(CooperException.Failed.class)
          .hasMessage("log: ended 6 bytes before its size of 10: it changed while it was read");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 1_000_000})
  void aFullDiskIsReportedWhereverItIsMet(int room) throws IOException {
    BlobSink full = new FullDisk(room);
    try (LayerWriter writer = LayerWriter.to(full)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20; i++) {
                  writer.add(
                      TarEntry.file("f" + i, LARGE), new ByteArrayInputStream(new byte[LARGE]));
                }
                writer.finish();
              })
          .isInstanceOf(IOException.class)
          .hasMessage("no space left");
    }
    byte[] tar = Entries.tar(List.of(TarEntry.file("a", LARGE)));
    assertThatThrownBy(() -> LayerWriter.adopt(new ByteArrayInputStream(tar), full))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
  }

  @Test
  void adoptsByteForByteWhatFollowsTheEndToo() throws IOException {
    byte[] tar = Entries.tar(List.of(TarEntry.file("a", 1000), TarEntry.directory("d")));
    byte[] longer = Arrays.copyOf(tar, tar.length + 10_240);
    MemoryBlobs blobs = new MemoryBlobs();
    Layer layer = LayerWriter.adopt(new ByteArrayInputStream(longer), blobs);
    assertThat(layer.diffId()).isEqualTo(Digest.sha256(longer));
    assertThat(blobs.blobs().get(layer.diffId())).isEqualTo(longer);
    assertThat(layer.index().entries()).hasSize(2);
  }

  @Test
  void adoptsOnlyWhatItShould() throws IOException {
    MemoryBlobs blobs = new MemoryBlobs();
    byte[] tar = Entries.tar(List.of(TarEntry.file("a", 1000)));
    Digest other = Digest.sha256(new byte[1]);
    assertThatThrownBy(() -> LayerWriter.adopt(new ByteArrayInputStream(tar), blobs, other))
        .isInstanceOf(CooperException.Corrupt.class);
    byte[] cut = Arrays.copyOf(tar, 700);
    assertThatThrownBy(() -> LayerWriter.adopt(new ByteArrayInputStream(cut), blobs))
        .isInstanceOf(CooperException.Corrupt.class);
    assertThat(blobs.blobs()).isEmpty();
  }

  @Test
  void aDamagedTableOfContentsIsNoticed() throws IOException {
    java.io.ByteArrayOutputStream saved = new java.io.ByteArrayOutputStream();
    LayerIndex.read(
            new ByteArrayInputStream(
                Entries.tar(List.of(TarEntry.file("a/b", 3), TarEntry.symlink("s", "t")))))
        .save(saved);
    byte[] bytes = saved.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      byte[] cut = Arrays.copyOf(bytes, i);
      for (byte[] given : List.of(damaged, cut)) {
        assertThatThrownBy(() -> LayerIndex.load(new ByteArrayInputStream(given)))
            .isInstanceOf(CooperException.Corrupt.class);
      }
    }
  }

  /** A sink whose disk is full after so many bytes. */
  private record FullDisk(int room) implements BlobSink {
    @Override
    public BlobWriter begin() {
      return new BlobWriter() {
        private int left = room;

        @Override
        public OutputStream stream() {
          return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              write(new byte[1], 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              left -= length;
              if (left < 0) {
                throw new IOException("no space left");
              }
            }
          };
        }

        @Override
        public Digest commit() {
          return Digest.sha256(new byte[0]);
        }

        @Override
        public Digest commit(Digest expected) {
          return expected;
        }

        @Override
        public void close() {}
      };
    }
  }
}
