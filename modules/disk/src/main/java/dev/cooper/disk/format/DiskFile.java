package dev.cooper.disk;

import java.io.Closeable;
import java.io.IOException;

/** A disk in a file of some format. */
interface DiskFile extends BlockOutput, Closeable {
  /**
   * Writes what the format needs after the disk's bytes; once, and then nothing more is written.
   */
  void finish() throws IOException;
}
