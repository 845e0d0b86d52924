package dev.cooper.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.cooper.image.CooperException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressionTest {
  private static final byte[] PLAIN = plain();

  @ParameterizedTest
  @EnumSource
  void tellsAndUnpacks(Compression compression) throws IOException {
    byte[] packed = pack(compression, PLAIN);
    assertThat(Compression.detect(packed, packed.length)).isEqualTo(compression);
    assertThat(unpack(packed)).isEqualTo(PLAIN);
    assertThat(unpack(pack(compression, new byte[0]))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void severalStreamsAreOne(Compression compression) throws IOException {
    byte[] once = pack(compression, PLAIN);
    byte[] twice = concat(once, once);
    assertThat(unpack(twice)).isEqualTo(concat(PLAIN, PLAIN));
    // One byte at a time, and nothing ever available: the end must not be taken for earlier.
    InputStream slow =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return at < twice.length ? twice[at++] & 0xFF : -1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            int next = read();
            if (next < 0) {
              return -1;
            }
            target[offset] = (byte) next;
            return 1;
          }
        };
    try (InputStream in = Compression.decompressed(slow)) {
      assertThat(in.readAllBytes()).isEqualTo(concat(PLAIN, PLAIN));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aStreamCutShortIsCorrupt(Compression compression) throws IOException {
    byte[] packed = pack(compression, PLAIN);
    for (int length : new int[] {6, 20, packed.length / 2, packed.length - 1}) {
      assertThatThrownBy(() -> unpack(Arrays.copyOf(packed, length)))
          .as("%s of %s bytes", compression, length)
          .isInstanceOf(CooperException.Corrupt.class);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void changedBytesAreCorruptOrHarmless(Compression compression) throws IOException {
    byte[] packed = pack(compression, PLAIN);
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      byte[] changed = packed.clone();
      changed[8 + random.nextInt(changed.length - 8)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(unpack(changed)).isEqualTo(PLAIN);
      } catch (CooperException.Corrupt expected) {
        assertThat(expected.getMessage()).contains("stream");
      }
    }
  }

  @Test
  void failuresBelowPassAsTheyAre() throws IOException {
    byte[] packed = pack(Compression.XZ, PLAIN);
    InputStream failing =
        new ByteArrayInputStream(packed) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            if (pos > 100) {
              throw new java.io.UncheckedIOException(new IOException("the cable"));
            }
            return super.read(target, offset, Math.min(length, 50));
          }
        };
    assertThatThrownBy(() -> Compression.decompressed(failing).readAllBytes())
        .rootCause()
        .hasMessage("the cable");
  }

  @Test
  void zstdSkipsSkippableFrames() throws IOException {
    byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    byte[] packed = concat(skippable, pack(Compression.ZSTD, PLAIN));
    assertThat(Compression.detect(packed, packed.length)).isEqualTo(Compression.ZSTD);
    assertThat(unpack(packed)).isEqualTo(PLAIN);
  }

  @Test
  void gzipMayBePaddedWithZerosButNotWithMore() throws IOException {
    byte[] packed = pack(Compression.GZIP, PLAIN);
    assertThat(unpack(Arrays.copyOf(packed, packed.length + 1000))).isEqualTo(PLAIN);
    assertThatThrownBy(() -> unpack(concat(packed, new byte[] {1, 2, 3})))
        .isInstanceOf(CooperException.Corrupt.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void packs(Compression compression) throws IOException {
    for (int size : new int[] {0, 1, 100, 512 << 10, (512 << 10) + 1, 3_000_000}) {
      byte[] plain = new byte[size];
      for (int i = 0; i < size; i++) {
        plain[i] = PLAIN[i % PLAIN.length];
      }
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = compression.compress(packed)) {
        out.write(plain, 0, size / 3);
        out.write(plain, size / 3, size - size / 3);
      }
      assertThat(unpack(packed.toByteArray())).isEqualTo(plain);
    }
  }

  @Test
  void gzipDoesNotDependOnThreadsOrWrites() throws IOException {
    byte[] plain = concat(concat(PLAIN, PLAIN), concat(PLAIN, PLAIN));
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    try (OutputStream out = new ParallelGzip(once, 6, 1)) {
      out.write(plain);
    }
    ByteArrayOutputStream often = new ByteArrayOutputStream();
    try (OutputStream out = new ParallelGzip(often, 6, 5)) {
      for (int at = 0; at < plain.length; at += 1000) {
        out.write(plain, at, Math.min(1000, plain.length - at));
      }
    }
    assertThat(often.toByteArray()).isEqualTo(once.toByteArray());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(once.toByteArray())).readAllBytes())
        .isEqualTo(plain);
  }

  @Test
  void zstdDoesNotDependOnWorkers() throws IOException {
    byte[][] packed = new byte[2][];
    for (int i = 0; i < 2; i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out =
          new ZstdOutputStream(bytes, 3).setChecksum(true).setWorkers(1 + 3 * i)) {
        for (int k = 0; k < 40; k++) {
          out.write(PLAIN);
        }
      }
      packed[i] = bytes.toByteArray();
    }
    assertThat(packed[0]).isEqualTo(packed[1]);
  }

  @Test
  void whatCannotBePackedIsRefused() {
    for (Compression compression : List.of(Compression.XZ, Compression.BZIP2)) {
      assertThatThrownBy(() -> compression.compress(OutputStream.nullOutputStream()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Compression.GZIP.compress(OutputStream.nullOutputStream(), 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (InputStream in = Compression.decompressed(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] pack(Compression compression, byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case NONE -> packed;
          case GZIP -> new GZIPOutputStream(packed);
          case BZIP2 -> new BZip2CompressorOutputStream(packed);
          case XZ -> new XZOutputStream(packed, new LZMA2Options(1));
          case ZSTD -> new ZstdOutputStream(packed).setChecksum(true);
        }) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static byte[] plain() {
    byte[] plain = new byte[300_000];
    Random random = new Random(7);
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i % 5000 < 2500 ? i / 100 : random.nextInt());
    }
    return plain;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
