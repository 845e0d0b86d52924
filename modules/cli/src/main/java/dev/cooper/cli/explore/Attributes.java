package dev.cooper.cli.explore;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;

/** A file's attributes as {@code ls -l} and {@code stat} show them. */
final class Attributes {
  private Attributes() {}

  /** In words. */
  static String type(TarEntry entry) {
    return switch (entry.type()) {
      case FILE -> "file";
      case DIRECTORY -> "directory";
      case SYMLINK -> "symlink";
      case HARD_LINK -> "hard link";
      case CHARACTER_DEVICE -> "character device";
      case BLOCK_DEVICE -> "block device";
      case FIFO -> "fifo";
    };
  }

  /** Ten letters, {@code drwxr-xr-x}. */
  static String mode(TarEntry entry) {
    char[] text = "----------".toCharArray();
    text[0] = letter(entry.type());
    int mode = entry.mode();
    for (int i = 0; i < 9; i++) {
      if ((mode & 0400 >> i) != 0) {
        text[i + 1] = "rwx".charAt(i % 3);
      }
    }
    special(text, 3, mode & 04000, 's', 'S');
    special(text, 6, mode & 02000, 's', 'S');
    special(text, 9, mode & 01000, 't', 'T');
    return new String(text);
  }

  private static void special(char[] text, int at, int bit, char with, char without) {
    if (bit != 0) {
      text[at] = text[at] == 'x' ? with : without;
    }
  }

  private static char letter(EntryType type) {
    return switch (type) {
      case FILE, HARD_LINK -> '-';
      case DIRECTORY -> 'd';
      case SYMLINK -> 'l';
      case CHARACTER_DEVICE -> 'c';
      case BLOCK_DEVICE -> 'b';
      case FIFO -> 'p';
    };
  }
}
