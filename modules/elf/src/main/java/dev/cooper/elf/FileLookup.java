package dev.cooper.elf;

import java.io.IOException;
import java.util.Optional;

/**
 * A tree of files in which libraries are looked for: this machine's ({@link HostFiles}), a folder,
 * or an image. Paths start with {@code /}, which is the tree's own root.
 */
public interface FileLookup {
  /**
   * The regular file that a path leads to, links followed inside the tree.
   *
   * @return its path without links, the same for every path that leads there; empty when nothing is
   *     there, when it is no regular file, and when links go round in a circle
   */
  Optional<String> resolve(String path) throws IOException;

  /**
   * A file's ELF headers, empty when it is no ELF file that a loader would accept. A tree that
   * knows them already need not read the file.
   *
   * @param file a path that {@link #resolve} gave
   */
  Optional<ElfFile> elf(String file) throws IOException;

  /**
   * All bytes of a small file, such as a loader's list of folders; empty when there are more than
   * {@code limit}.
   *
   * @param file a path that {@link #resolve} gave
   */
  Optional<byte[]> bytes(String file, int limit) throws IOException;
}
