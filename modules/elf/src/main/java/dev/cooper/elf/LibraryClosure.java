package dev.cooper.elf;

import java.util.List;
import java.util.Optional;

/**
 * A program with everything that its loader would load with it.
 *
 * @param file the program, its links followed
 * @param elf its headers
 * @param interpreter the loader it asks for; empty for a static program and for a library
 * @param libraries what was found, in the order in which the loader loads it; neither the program
 *     nor its interpreter is among them unless something names it as a library
 * @param missing what was not found, all of it
 * @param missingVersions symbol versions that the libraries found do not offer
 */
public record LibraryClosure(
    String file,
    ElfFile elf,
    Optional<Interpreter> interpreter,
    List<Library> libraries,
    List<MissingLibrary> missing,
    List<MissingVersion> missingVersions) {
  public LibraryClosure {
    libraries = List.copyOf(libraries);
    missing = List.copyOf(missing);
    missingVersions = List.copyOf(missingVersions);
  }

  /** Whether the loader would load it all and start the program. */
  public boolean isComplete() {
    return missing.isEmpty()
        && missingVersions.isEmpty()
        && interpreter.map(loader -> loader.file().isPresent()).orElse(true);
  }

  /**
   * The loader.
   *
   * @param path as the program names it
   * @param file the same with links followed, empty when it is not there
   */
  public record Interpreter(String path, Optional<String> file) {}

  /**
   * A library that is there.
   *
   * @param name as it was asked for, such as {@code libc.so.6}
   * @param path where the loader finds it
   * @param file the same with links followed
   * @param neededBy the file that asked first, its links followed
   */
  public record Library(String name, String path, String file, String neededBy) {}

  /**
   * A library that is not there.
   *
   * @param name as it was asked for
   * @param neededBy the files that ask for it, their links followed
   * @param unsuitable files of that name that were found but are for another processor, or no
   *     libraries
   */
  public record MissingLibrary(String name, List<String> neededBy, List<String> unsuitable) {
    public MissingLibrary {
      neededBy = List.copyOf(neededBy);
      unsuitable = List.copyOf(unsuitable);
    }
  }

  /**
   * A symbol version that a library is too old, or of the wrong make, to offer.
   *
   * @param library the library found, its links followed
   * @param version such as {@code GLIBC_2.38}
   * @param neededBy the file that asks for it, its links followed
   */
  public record MissingVersion(String library, String version, String neededBy) {}
}
