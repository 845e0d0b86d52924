package dev.cooper.image;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Where new blobs go. Safe for use by several threads at once; each {@link BlobWriter} belongs to
 * one.
 */
public interface BlobSink {
  /**
   * Starts a blob of yet unknown digest. The caller closes the writer, whether it commits or not.
   */
  BlobWriter begin() throws IOException;

  /** Stores bytes that are already in memory; storing what is there already changes nothing. */
  default Digest put(byte[] bytes) throws IOException {
    try (BlobWriter writer = begin()) {
      OutputStream out = writer.stream();
      out.write(bytes);
      return writer.commit();
    }
  }
}
