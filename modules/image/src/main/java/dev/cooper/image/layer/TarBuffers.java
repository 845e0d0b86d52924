package dev.cooper.image.layer;

import java.io.IOException;

/** Takes full buffers from a writer, and gives it empty ones. */
interface TarBuffers {
  int CAPACITY = 256 << 10;

  /** Takes the first {@code length} bytes; the buffer returned, perhaps the same, may be filled. */
  byte[] exchange(byte[] full, int length) throws IOException;
}
