package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A blob that is compared with its digest when its end is reached. */
final class VerifyingStream extends FilterInputStream {
  private final Digest digest;
  private final Path file;
  private final MessageDigest hash;
  private boolean ended;

  VerifyingStream(InputStream in, Digest digest, Path file) {
    super(in);
    this.digest = digest;
    this.file = file;
    this.hash = digest.newMessageDigest();
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value < 0) {
      end();
    } else {
      hash.update((byte) value);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count < 0) {
      end();
    } else {
      hash.update(bytes, offset, count);
    }
    return count;
  }

  /** Reads what is skipped, since it has to be hashed. */
  @Override
  public long skip(long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(count, 1 << 16)];
    long left = count;
    while (left > 0) {
      int read = read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return Math.max(0, count - left);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    String found = HexFormat.of().formatHex(hash.digest());
    if (!found.equals(digest.hex())) {
      throw new CooperException.Corrupt(
          "blob " + digest + " is damaged on disk: " + file,
          "remove the file and pull, load or build the image again");
    }
  }
}
