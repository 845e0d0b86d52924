/**
 * ELF headers, and the closure of a binary's libraries, over any tree of files.
 *
 * <p>{@link dev.cooper.elf.Elf} reads what a loader reads of one file: its machine, its
 * interpreter, the libraries it asks for. {@link dev.cooper.elf.LibrarySearch} follows those names
 * as glibc's and musl's loaders do, through a {@link dev.cooper.elf.FileLookup}: the host's own
 * files, a folder, or the merged view of an image. Nothing is run, so any machine's binaries can be
 * looked at on any machine; nothing is trusted, so every read is bounded.
 */
@NullMarked
package dev.cooper.elf;

import org.jspecify.annotations.NullMarked;
