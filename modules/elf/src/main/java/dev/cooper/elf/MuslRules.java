package dev.cooper.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where musl's loader looks: LD_LIBRARY_PATH; RPATH or RUNPATH, which are one to it, of the file
 * that asks and of those that asked for it; the folders of {@code /etc/ld-musl-ARCH.path}.
 */
final class MuslRules implements LoaderRules {
  /** Names of the C library's own parts, which are all in the loader. */
  private static final Set<String> RESERVED =
      Set.of("c", "pthread", "rt", "m", "dl", "util", "xnet");

  private final LoaderOptions options;
  private final List<String> systemFolders;
  private final String loaderName;

  MuslRules(LoaderOptions options, List<String> systemFolders, String loaderName) {
    this.options = options;
    this.systemFolders = List.copyOf(systemFolders);
    this.loaderName = loaderName;
  }

  @Override
  public List<String> candidates(String name, LoadedObject requester) {
    List<String> paths = new ArrayList<>();
    addFolders(paths, options.libraryPath(), requester, name);
    for (LoadedObject from = requester; from != null; from = from.loader()) {
      List<String> runpath = from.elf().runpath();
      addFolders(paths, runpath.isEmpty() ? from.elf().rpath() : runpath, from, name);
    }
    addFolders(paths, systemFolders, requester, name);
    return paths;
  }

  @Override
  public String expand(String text, LoadedObject requester) {
    return LoaderPath.expand(text, Map.of("ORIGIN", requester.origin()));
  }

  @Override
  public boolean isLoader(String name) {
    if (name.equals(loaderName)) {
      return true;
    }
    int dot = name.indexOf('.');
    return name.startsWith("lib")
        && dot > 3
        && name.startsWith(".so", dot)
        && RESERVED.contains(name.substring(3, dot));
  }

  @Override
  public boolean skipsUnsuitable() {
    return false;
  }

  @Override
  public boolean checksVersions() {
    return false;
  }

  private void addFolders(
      List<String> paths, List<String> folders, LoadedObject from, String name) {
    for (String folder : folders) {
      paths.add(LoaderPath.join(options.workingFolder(), expand(folder, from), name));
    }
  }
}
