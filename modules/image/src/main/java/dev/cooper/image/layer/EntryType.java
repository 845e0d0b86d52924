package dev.cooper.image.layer;

/** The kinds of things a layer can hold. */
public enum EntryType {
  /** A regular file, with contents of its own. */
  FILE,
  DIRECTORY,
  /** A symbolic link; its target is free text, resolved when it is followed. */
  SYMLINK,
  /** Another name of a file that comes earlier, in the same layer or below. */
  HARD_LINK,
  CHARACTER_DEVICE,
  BLOCK_DEVICE,
  /** A named pipe. */
  FIFO
}
