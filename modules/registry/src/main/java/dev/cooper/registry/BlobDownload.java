package dev.cooper.registry;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/**
 * One blob on its way from a registry into a sink. A connection that breaks is taken up where it
 * broke; the digest of the whole is verified at the end.
 */
final class BlobDownload {
  private static final int BUFFER = 256 << 10;

  /** Breaks without a byte in between that are borne. */
  private static final int ATTEMPTS = 5;

  private static final long FIRST_PAUSE = 250;

  private final Registry registry;
  private final Descriptor blob;
  private final LongConsumer progress;
  private long received;

  BlobDownload(Registry registry, Descriptor blob, LongConsumer progress) {
    this.registry = registry;
    this.blob = blob;
    this.progress = progress;
  }

  /**
   * Fetches it.
   *
   * @throws CooperException.Corrupt when its bytes do not have its digest or size; then there is no
   *     new blob
   */
  void into(BlobSink sink) throws IOException {
    try (BlobWriter writer = sink.begin()) {
      int failures = 0;
      while (received < blob.size()) {
        long before = received;
        IOException failure = fetch(writer.stream());
        if (received < blob.size()) {
          failures = received > before ? 1 : failures + 1;
          pause(failures, failure);
        }
      }
      writer.commit(blob.digest());
    }
  }

  /** Fetches what is missing, as far as the connection carries; returns what broke it. */
  private IOException fetch(OutputStream out) throws IOException {
    InputStream in;
    try {
      in = registry.blob(blob.digest(), received);
    } catch (IOException e) {
      return e;
    }
    try (in) {
      byte[] buffer = new byte[BUFFER];
      while (true) {
        int count;
        try {
          count = in.read(buffer);
        } catch (IOException e) {
          return e;
        }
        if (count < 0) {
          return new IOException("the connection was closed early");
        }
        if (count > blob.size() - received) {
          throw new CooperException.Corrupt(
              "the registry sent more than the " + blob.size() + " bytes of " + blob.digest());
        }
        out.write(buffer, 0, count);
        received += count;
        progress.accept(received);
        if (received == blob.size()) {
          return new IOException("complete");
        }
      }
    }
  }

  private void pause(int failures, IOException failure) throws IOException {
    if (failures >= ATTEMPTS) {
      throw new CooperException.Failed(
          "the download of "
              + blob.digest()
              + " broke off "
              + ATTEMPTS
              + " times at byte "
              + received
              + " of "
              + blob.size()
              + ": "
              + failure.getMessage(),
          "try again; what came whole is kept",
          failure);
    }
    try {
      Thread.sleep(FIRST_PAUSE << failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while " + blob.digest() + " came");
    }
  }
}
