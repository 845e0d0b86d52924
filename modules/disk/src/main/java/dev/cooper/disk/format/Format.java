package dev.cooper.disk;

/** How the bytes of a disk are kept in a file. */
public enum Format {
  /** Byte by byte, what is zero left out as a hole. */
  RAW
}
