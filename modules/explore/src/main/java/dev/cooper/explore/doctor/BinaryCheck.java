package dev.cooper.explore.doctor;

import dev.cooper.elf.ElfFile;
import dev.cooper.elf.LibraryClosure;
import dev.cooper.elf.LibrarySearch;
import dev.cooper.elf.LoaderOptions;
import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Programs whose loader or libraries are missing or too old, and programs for other machines. */
final class BinaryCheck {
  private static final int NAMES_SHOWN = 4;

  private final ImageConfig config;
  private final ImageFiles files;
  private final StartedPrograms started;
  private final Doctor.Findings findings;
  private final Map<String, List<FileNode>> missingLoaders = new LinkedHashMap<>();
  private final Map<String, List<FileNode>> missingLibraries = new LinkedHashMap<>();
  private final Map<String, Set<String>> unsuitable = new LinkedHashMap<>();
  private final Map<String, List<FileNode>> missingVersions = new LinkedHashMap<>();
  private final Map<String, List<FileNode>> foreign = new LinkedHashMap<>();

  BinaryCheck(
      ImageConfig config, ImageFiles files, StartedPrograms started, Doctor.Findings findings) {
    this.config = config;
    this.files = files;
    this.started = started;
    this.findings = findings;
  }

  void check() throws IOException {
    String libraryPath = "";
    for (String variable : config.config().env()) {
      if (variable.startsWith("LD_LIBRARY_PATH=")) {
        libraryPath = variable.substring("LD_LIBRARY_PATH=".length());
      }
    }
    LibrarySearch search =
        LibrarySearch.over(files, LoaderOptions.DEFAULT.withLibraryPath(libraryPath));
    for (FileNode node : files.tree().walk()) {
      if (!node.isFile() || (node.entry().mode() & 0111) == 0 && !started.contains(node)) {
        continue;
      }
      Optional<ElfFile> elf = files.elf(node);
      if (elf.isPresent() && isStarted(node, elf.get())) {
        if (!runsOn(elf.get().architecture())) {
          add(foreign, elf.get().architecture(), node);
        } else if (!elf.get().isStatic()) {
          needs(search.closure("/" + node.path()), node);
        }
      }
    }
    missingLoaders.forEach(
        (loader, programs) ->
            report(
                FindingKind.MISSING_INTERPRETER,
                programs,
                "the loader " + VisibleText.of(loader) + " is not in the image; without it ",
                "\"no such file or directory\" is what a shell says of it: install the C library"
                    + " that the program was linked with, or link it statically"));
    missingLibraries.forEach(
        (library, programs) ->
            report(
                FindingKind.MISSING_LIBRARY,
                programs,
                "the library "
                    + VisibleText.of(library)
                    + " is not in the image"
                    + others(library)
                    + "; without it ",
                "install the package that has it, or COPY it and run ldconfig"));
    missingVersions.forEach(
        (version, programs) ->
            report(
                FindingKind.LIBRARY_TOO_OLD,
                programs,
                VisibleText.of(version) + "; without it ",
                "build the program on a system as old as the image, or use a newer base image"));
    foreign.forEach(
        (architecture, programs) ->
            report(
                FindingKind.WRONG_ARCHITECTURE,
                programs,
                "built for "
                    + architecture
                    + ", but the image is for "
                    + VisibleText.of(config.architecture())
                    + ": ",
                "build for "
                    + VisibleText.of(config.architecture())
                    + ", or give the image its platform"));
  }

  /** The C library can be started, too; nobody does, and nothing is lost when it does not. */
  private boolean isStarted(FileNode node, ElfFile elf) {
    return elf.isProgram() && (elf.soname().isEmpty() || started.contains(node));
  }

  private void needs(LibraryClosure closure, FileNode program) {
    closure
        .interpreter()
        .filter(loader -> loader.file().isEmpty())
        .ifPresent(loader -> add(missingLoaders, loader.path(), program));
    for (LibraryClosure.MissingLibrary library : closure.missing()) {
      add(missingLibraries, library.name(), program);
      unsuitable
          .computeIfAbsent(library.name(), name -> new LinkedHashSet<>())
          .addAll(library.unsuitable());
    }
    for (LibraryClosure.MissingVersion version : closure.missingVersions()) {
      add(missingVersions, version.library() + " does not offer " + version.version(), program);
    }
  }

  /**
   * @param message what is wrong, up to the words that tell which programs do not start
   */
  private void report(FindingKind kind, List<FileNode> programs, String message, String cure) {
    FileNode first = programs.getFirst();
    boolean fatal = false;
    for (FileNode program : programs) {
      if (!fatal && started.contains(program)) {
        first = program;
        fatal = true;
      }
    }
    List<String> names = new ArrayList<>();
    for (FileNode program : programs.subList(0, Math.min(NAMES_SHOWN, programs.size()))) {
      names.add("/" + VisibleText.of(program.path()));
    }
    String who =
        String.join(", ", names)
            + (programs.size() > NAMES_SHOWN
                ? " and " + (programs.size() - NAMES_SHOWN) + " more"
                : "")
            + (programs.size() == 1 ? " does not start" : " do not start");
    findings.add(severity(programs, fatal), kind, first, message + who, cure);
  }

  /** Toolboxes bring programs for other machines, to look at them or to be run elsewhere. */
  private Finding.Severity severity(List<FileNode> programs, boolean fatal) {
    if (fatal) {
      return Finding.Severity.ERROR;
    }
    for (FileNode program : programs) {
      if (isOwn(program) || !Toolbox.isInside(program.path())) {
        return Finding.Severity.WARNING;
      }
    }
    return Finding.Severity.NOTE;
  }

  /** Whether a program is for the image's very processor, as far as the image names one. */
  private boolean isOwn(FileNode program) {
    return config.architecture().isEmpty()
        || files
            .elf(program)
            .map(elf -> elf.architecture().equals(config.architecture()))
            .orElse(true);
  }

  private String others(String library) {
    Set<String> found = unsuitable.getOrDefault(library, Set.of());
    return found.isEmpty()
        ? ""
        : " (" + VisibleText.of(found.iterator().next()) + " is for another processor)";
  }

  /** Kernels of some processors run the programs of their forerunners. */
  private boolean runsOn(String architecture) {
    return switch (config.architecture()) {
      case "" -> true;
      case "amd64" ->
          architecture.equals("amd64")
              || architecture.equals("386")
              || architecture.equals("amd64p32");
      case "arm64" -> architecture.equals("arm64") || architecture.equals("arm");
      case "ppc64" -> architecture.equals("ppc64") || architecture.equals("ppc");
      default -> architecture.equals(config.architecture());
    };
  }

  private static void add(Map<String, List<FileNode>> map, String key, FileNode node) {
    map.computeIfAbsent(key, k -> new ArrayList<>()).add(node);
  }
}
