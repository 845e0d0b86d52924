package dev.cooper.elf;

import java.util.List;
import java.util.Optional;

/**
 * What a loader reads of an ELF file.
 *
 * <p>Names and paths are decoded as UTF-8; bytes that are not UTF-8 become U+FFFD, so such a name
 * is found nowhere.
 *
 * @param machine the processor it is for
 * @param type what it is for
 * @param interpreter the loader it asks for ({@code PT_INTERP}), empty for a static program and for
 *     most libraries
 * @param dynamic whether it has a dynamic section; a static program has none, or one without {@link
 *     #needed()}
 * @param needed the names of the libraries it wants, in order ({@code DT_NEEDED})
 * @param rpath the folders of {@code DT_RPATH}, with {@code $ORIGIN} and the like not replaced
 * @param runpath the folders of {@code DT_RUNPATH}
 * @param soname the name it goes by as a library ({@code DT_SONAME})
 * @param versionNeeds the symbol versions it wants from each library
 * @param versions the symbol versions it offers
 * @param defaultLibraries false when it forbids the system's library folders ({@code
 *     DF_1_NODEFLIB})
 * @param positionIndependent whether it says that it is a program that can be loaded anywhere
 *     ({@code DF_1_PIE})
 */
public record ElfFile(
    Machine machine,
    ElfType type,
    Optional<String> interpreter,
    boolean dynamic,
    List<String> needed,
    List<String> rpath,
    List<String> runpath,
    Optional<String> soname,
    List<VersionNeed> versionNeeds,
    List<String> versions,
    boolean defaultLibraries,
    boolean positionIndependent) {
  public ElfFile {
    needed = List.copyOf(needed);
    rpath = List.copyOf(rpath);
    runpath = List.copyOf(runpath);
    versionNeeds = List.copyOf(versionNeeds);
    versions = List.copyOf(versions);
  }

  /** The processor's name as images spell it: {@link Machine#architecture()}. */
  public String architecture() {
    return machine.architecture();
  }

  /** Whether it is meant to be started, rather than loaded or linked by something else. */
  public boolean isProgram() {
    return type == ElfType.EXECUTABLE
        || type == ElfType.SHARED && (interpreter.isPresent() || positionIndependent);
  }

  /** Whether it is a program that needs neither a loader nor libraries. */
  public boolean isStatic() {
    return isProgram() && interpreter.isEmpty() && needed.isEmpty();
  }
}
