package dev.cooper.elf;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
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
   * A file's bytes; the caller closes the channel.
   *
   * @param file a path that {@link #resolve} gave
   */
  SeekableByteChannel open(String file) throws IOException;

  /**
   * A file's ELF headers, empty when it is no ELF file that a loader would accept. A tree that
   * knows them already need not read the file.
   *
   * @param file a path that {@link #resolve} gave
   */
  default Optional<ElfFile> elf(String file) throws IOException {
    try (SeekableByteChannel channel = open(file)) {
      return Optional.of(Elf.read(channel));
    } catch (ElfFormatException e) {
      return Optional.empty();
    }
  }
}
