package dev.cooper.elf;

import org.jspecify.annotations.Nullable;

/**
 * A file that the loader has mapped.
 *
 * @param name as it was asked for
 * @param path where it was found, its links not followed
 * @param file the same with links followed
 * @param elf its headers
 * @param loader what asked for it first; null for the program
 */
record LoadedObject(
    String name, String path, String file, ElfFile elf, @Nullable LoadedObject loader) {

  /**
   * The folder that {@code $ORIGIN} stands for: the program's after links, a library's as found.
   */
  String origin() {
    String from = loader == null ? file : path;
    int slash = from.lastIndexOf('/');
    return slash <= 0 ? "/" : from.substring(0, slash);
  }
}
