package dev.cooper.disk.format;

/** How a disk's bytes are packed. */
public enum Compression {
  /** They are not. */
  NONE,
  /** By zlib's method, which all programs know that know the format. */
  ZLIB,
  /** By Zstandard: a fraction of the time, and smaller; QEMU 5.1 and later read it. */
  ZSTD
}
