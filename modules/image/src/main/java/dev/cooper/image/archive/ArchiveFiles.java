package dev.cooper.image.archive;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of a layout go. Parents come before what is in them. */
interface ArchiveFiles {
  void directory(String path) throws IOException;

  /** A file of exactly {@code size} bytes; the stream stays the caller's to close. */
  void file(String path, long size, InputStream content) throws IOException;
}
