package dev.cooper.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where glibc's loader looks (ld.so(8)): RPATH of the file that asks and of those that asked for
 * it, unless it has a RUNPATH; LD_LIBRARY_PATH; RUNPATH; the cache that ldconfig made; the folders
 * that the loader was built with.
 */
final class GlibcRules implements LoaderRules {
  private final LoaderOptions options;
  private final LoaderCache cache;
  private final List<String> systemFolders;
  private final String platform;
  private final String loaderName;

  /**
   * @param cache the tree's {@code /etc/ld.so.cache}, or an empty one
   * @param systemFolders the folders that the loader was built with, best first
   * @param loaderName the last part of the loader's path
   */
  GlibcRules(
      LoaderOptions options,
      LoaderCache cache,
      List<String> systemFolders,
      Machine machine,
      String loaderName) {
    this.options = options;
    this.cache = cache;
    this.systemFolders = List.copyOf(systemFolders);
    this.platform = platform(machine);
    this.loaderName = loaderName;
  }

  @Override
  public List<String> candidates(String name, LoadedObject requester) {
    List<String> paths = new ArrayList<>();
    if (requester.elf().runpath().isEmpty()) {
      for (LoadedObject from = requester; from != null; from = from.loader()) {
        if (from.elf().runpath().isEmpty()) {
          addFolders(paths, from.elf().rpath(), from, name);
        }
      }
    }
    addFolders(paths, options.libraryPath(), requester, name);
    addFolders(paths, requester.elf().runpath(), requester, name);
    if (requester.elf().defaultLibraries()) {
      paths.addAll(cache.find(name, options.capabilities()));
      addFolders(paths, systemFolders, requester, name);
    }
    return paths;
  }

  @Override
  public String expand(String text, LoadedObject requester) {
    return LoaderPath.expand(
        text, Map.of("ORIGIN", requester.origin(), "LIB", libraryFolder(), "PLATFORM", platform));
  }

  @Override
  public boolean isLoader(String name) {
    return name.equals(loaderName);
  }

  @Override
  public boolean skipsUnsuitable() {
    return true;
  }

  @Override
  public boolean checksVersions() {
    return true;
  }

  private void addFolders(
      List<String> paths, List<String> folders, LoadedObject from, String name) {
    for (String folder : folders) {
      String expanded = expand(folder, from);
      for (String capability : options.capabilities()) {
        paths.add(
            LoaderPath.join(
                options.workingFolder(),
                LoaderPath.join("/", expanded, "glibc-hwcaps/" + capability),
                name));
      }
      paths.add(LoaderPath.join(options.workingFolder(), expanded, name));
    }
  }

  /** What {@code $LIB} stands for: {@code lib64}, or {@code lib/x86_64-linux-gnu} on Debian. */
  private String libraryFolder() {
    String first = systemFolders.isEmpty() ? "/lib/" : systemFolders.get(0);
    String relative = first.startsWith("/usr/") ? first.substring(5) : first.substring(1);
    return relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
  }

  /** The kernel's name for the processor (AT_PLATFORM). */
  private static String platform(Machine machine) {
    return switch (machine.architecture()) {
      case "amd64" -> "x86_64";
      case "386" -> "i686";
      case "arm64" -> "aarch64";
      case "arm" -> "v7l";
      default -> machine.architecture();
    };
  }
}
