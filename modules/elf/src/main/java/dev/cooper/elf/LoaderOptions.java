package dev.cooper.elf;

import java.util.List;

/**
 * What a loader is told from outside.
 *
 * @param libraryPath the folders of {@code LD_LIBRARY_PATH}
 * @param capabilities names of {@code glibc-hwcaps} subfolders that the processor can use, best
 *     first, such as {@code x86-64-v3}; with none, what every processor of the kind can run is
 *     found
 * @param workingFolder what relative folders are relative to
 */
public record LoaderOptions(
    List<String> libraryPath, List<String> capabilities, String workingFolder) {
  /** No library path, no special capabilities, started in the root. */
  public static final LoaderOptions DEFAULT = new LoaderOptions(List.of(), List.of(), "/");

  public LoaderOptions {
    libraryPath = List.copyOf(libraryPath);
    capabilities = List.copyOf(capabilities);
  }

  /** The same, with the value of {@code LD_LIBRARY_PATH}: folders between colons or semicolons. */
  public LoaderOptions withLibraryPath(String value) {
    return new LoaderOptions(
        value.isEmpty() ? List.of() : List.of(value.split("[:;]", -1)),
        capabilities,
        workingFolder);
  }
}
