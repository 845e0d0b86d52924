package dev.cooper.elf;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a program's loader would load, as {@code ldd} does, but without running anything, for
 * any processor, and in any tree of files.
 *
 * <p>A search remembers what it has read of its tree, so asking for many programs of one tree reads
 * each file once; a tree that changes needs a new search. Not for use by several threads at once.
 */
public final class LibrarySearch {
  /** Far more than any program loads. */
  private static final int MAX_LIBRARIES = 16384;

  private final FileLookup files;
  private final LoaderOptions options;
  private final Loaders loaders;
  private final Map<String, LoaderRules> rules = new HashMap<>();
  private final Map<String, Optional<String>> resolved = new HashMap<>();
  private final Map<String, Optional<ElfFile>> read = new HashMap<>();

  private LibrarySearch(FileLookup files, LoaderOptions options) {
    this.files = files;
    this.options = options;
    this.loaders = new Loaders(files, options);
  }

  /** A search of a tree with {@link LoaderOptions#DEFAULT}. */
  public static LibrarySearch over(FileLookup files) {
    return over(files, LoaderOptions.DEFAULT);
  }

  public static LibrarySearch over(FileLookup files, LoaderOptions options) {
    return new LibrarySearch(files, options);
  }

  /**
   * Follows a program's or a library's needs to the end. What is missing does not stop the search:
   * all of it is reported at once. Libraries that need each other are each listed once.
   *
   * @param path the program, from the root of the tree
   * @throws NoSuchFileException when the path leads to no regular file
   * @throws ElfFormatException when the file is no ELF file
   */
  public LibraryClosure closure(String path) throws IOException {
    return closure(path, List.of());
  }

  /**
   * As {@link #closure(String)}, with libraries that the program opens by name while it runs
   * (dlopen(3)), such as the modules of glibc's name service. They are looked for as though the
   * program needed them, after all that it does need.
   *
   * @param opened names such as {@code libnss_dns.so.2}
   */
  public LibraryClosure closure(String path, List<String> opened) throws IOException {
    String file = resolve(path).orElseThrow(() -> new NoSuchFileException(path));
    ElfFile elf =
        elf(file)
            .orElseThrow(() -> new ElfFormatException(path + ": not an ELF file for a loader"));
    Optional<LibraryClosure.Interpreter> interpreter = Optional.empty();
    if (elf.interpreter().isPresent()) {
      String asked = elf.interpreter().get();
      interpreter = Optional.of(new LibraryClosure.Interpreter(asked, resolve(absolute(asked))));
    }
    if (elf.needed().isEmpty() && opened.isEmpty()) {
      return new LibraryClosure(file, elf, interpreter, List.of(), List.of(), List.of());
    }
    String loader = elf.interpreter().isPresent() ? elf.interpreter().get() : loaders.usual(elf);
    return new Walk(new LoadedObject(path, path, file, elf, null), loader).run(interpreter, opened);
  }

  private Optional<String> resolve(String path) throws IOException {
    Optional<String> known = resolved.get(path);
    if (known == null) {
      known = files.resolve(path);
      resolved.put(path, known);
    }
    return known;
  }

  private Optional<ElfFile> elf(String file) throws IOException {
    Optional<ElfFile> known = read.get(file);
    if (known == null) {
      known = files.elf(file);
      read.put(file, known);
    }
    return known;
  }

  private String absolute(String path) {
    return path.startsWith("/") ? path : LoaderPath.join("/", options.workingFolder(), path);
  }

  /** One walk, breadth first, as loaders do. */
  private final class Walk {
    private final List<LoadedObject> loaded = new ArrayList<>();
    private final Map<String, LoadedObject> byName = new HashMap<>();
    private final Map<String, LoadedObject> byFile = new HashMap<>();
    private final Map<String, Set<String>> missing = new LinkedHashMap<>();
    private final Map<String, Set<String>> unsuitable = new HashMap<>();
    private final LoaderRules loaderRules;
    private final String loader;

    Walk(LoadedObject program, String loader) throws IOException {
      this.loader = loader;
      loaded.add(program);
      byFile.put(program.file(), program);
      LoaderRules known = rules.get(loader);
      if (known == null) {
        known = loaders.rules(loader, program.elf().machine());
        rules.put(loader, known);
      }
      loaderRules = known;
    }

    LibraryClosure run(Optional<LibraryClosure.Interpreter> interpreter, List<String> opened)
        throws IOException {
      LoadedObject program = loaded.get(0);
      follow(0);
      int known = loaded.size();
      for (String name : opened) {
        load(name, program);
      }
      follow(known);
      List<LibraryClosure.Library> libraries = new ArrayList<>();
      for (LoadedObject object : loaded.subList(1, loaded.size())) {
        LoadedObject by = object.loader();
        libraries.add(
            new LibraryClosure.Library(
                object.name(),
                object.path(),
                object.file(),
                by == null ? program.file() : by.file()));
      }
      List<LibraryClosure.MissingLibrary> absent = new ArrayList<>();
      missing.forEach(
          (name, by) ->
              absent.add(
                  new LibraryClosure.MissingLibrary(
                      name,
                      List.copyOf(by),
                      List.copyOf(unsuitable.getOrDefault(name, Set.of())))));
      return new LibraryClosure(
          program.file(), program.elf(), interpreter, libraries, absent, missingVersions());
    }

    /** Loads what is needed by the objects from this one on, which may grow meanwhile. */
    private void follow(int first) throws IOException {
      for (int i = first; i < loaded.size(); i++) {
        LoadedObject requester = loaded.get(i);
        for (String name : requester.elf().needed()) {
          load(name, requester);
        }
      }
    }

    private void load(String name, LoadedObject requester) throws IOException {
      if (byName.containsKey(name)) {
        return;
      }
      String path = name;
      boolean found;
      if (name.contains("/")) {
        path = absolute(loaderRules.expand(name, requester));
        found = fits(name, path, requester);
      } else if (loaderRules.isLoader(name)) {
        // The loader is in memory already; its file is part of what the program needs.
        path = loader;
        found = fits(name, path, requester);
      } else {
        found = false;
        for (String candidate : loaderRules.candidates(name, requester)) {
          Optional<String> file = resolve(candidate);
          if (file.isEmpty()) {
            continue;
          }
          path = candidate;
          found = fits(name, candidate, requester);
          if (found || !loaderRules.skipsUnsuitable()) {
            break;
          }
        }
      }
      if (found) {
        add(name, path, requester);
      } else {
        missing.computeIfAbsent(name, k -> new LinkedHashSet<>()).add(requester.file());
      }
    }

    private boolean fits(String name, String path, LoadedObject requester) throws IOException {
      Optional<String> file = resolve(path);
      if (file.isEmpty()) {
        return false;
      }
      Optional<ElfFile> elf = elf(file.get());
      if (elf.isPresent() && elf.get().machine().equals(requester.elf().machine())) {
        return true;
      }
      unsuitable.computeIfAbsent(name, k -> new LinkedHashSet<>()).add(file.get());
      return false;
    }

    private void add(String name, String path, LoadedObject requester) throws IOException {
      String file = resolve(path).orElseThrow();
      @Nullable LoadedObject known = byFile.get(file);
      if (known == null) {
        if (loaded.size() == MAX_LIBRARIES) {
          throw new ElfFormatException("it needs more than " + MAX_LIBRARIES + " libraries");
        }
        known = new LoadedObject(name, path, file, elf(file).orElseThrow(), requester);
        loaded.add(known);
        byFile.put(file, known);
        LoadedObject object = known;
        object.elf().soname().ifPresent(soname -> byName.putIfAbsent(soname, object));
      }
      byName.putIfAbsent(name, known);
    }

    private List<LibraryClosure.MissingVersion> missingVersions() {
      Set<LibraryClosure.MissingVersion> result = new LinkedHashSet<>();
      if (!loaderRules.checksVersions()) {
        return List.of();
      }
      for (LoadedObject object : loaded) {
        for (VersionNeed need : object.elf().versionNeeds()) {
          LoadedObject library = byName.get(need.library());
          // A library without any versions is accepted, with a warning.
          if (library == null || library.elf().versions().isEmpty()) {
            continue;
          }
          for (String version : need.versions()) {
            if (!need.weak().contains(version) && !library.elf().versions().contains(version)) {
              result.add(new LibraryClosure.MissingVersion(library.file(), version, object.file()));
            }
          }
        }
      }
      return List.copyOf(result);
    }
  }
}
