package dev.cooper.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Folders that a program names in itself, as it was told when it was built: Perl's modules, git's
 * further commands.
 */
final class NamedFolders {
  private static final int LARGEST = 64 << 20;
  private static final int LONGEST = 256;

  /**
   * A program with such folders.
   *
   * @param name of the program, with whatever version
   * @param library in which it names them, by the start of its name; empty when it is the program
   * @param landmarks files of which one is in each of the folders
   * @param what they are, in words
   */
  private record Kind(Pattern name, String library, List<String> landmarks, String what) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              Pattern.compile("perl[0-9.]*"),
              "libperl.so",
              List.of("strict.pm", "Config.pm"),
              "Perl's own modules"),
          new Kind(
              Pattern.compile("ruby[0-9.]*"),
              "libruby",
              List.of("rbconfig.rb", "set.rb", "rubygems.rb"),
              "Ruby's own library"),
          new Kind(
              Pattern.compile("tclsh[0-9.]*"), "libtcl", List.of("init.tcl"), "Tcl's own library"),
          new Kind(Pattern.compile("git"), "", List.of("git-submodule"), "git's further commands"));

  private NamedFolders() {}

  /**
   * Those of a program that are there.
   *
   * @param program its path without links
   * @param libraries that it loads, by their paths without links
   */
  static List<Runtimes.Companion> of(String program, List<String> libraries, Gathering gathering)
      throws IOException {
    String name = program.substring(program.lastIndexOf('/') + 1);
    List<Runtimes.Companion> found = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (!kind.name().matcher(name).matches()) {
        continue;
      }
      Set<String> folders = new LinkedHashSet<>(named(gathering.onHost(program), kind, gathering));
      for (String library : libraries) {
        if (!kind.library().isEmpty()
            && library.substring(library.lastIndexOf('/') + 1).startsWith(kind.library())) {
          folders.addAll(named(gathering.onHost(library), kind, gathering));
        }
      }
      if (!folders.isEmpty()) {
        found.add(new Runtimes.Companion(kind.what(), List.copyOf(folders), Set.of()));
      }
    }
    return found;
  }

  private static List<String> named(Path file, Kind kind, Gathering gathering) throws IOException {
    if (Files.size(file) > LARGEST) {
      return List.of();
    }
    byte[] bytes = Files.readAllBytes(file);
    List<String> folders = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= ' ' && bytes[i] < 0x7f) {
        continue;
      }
      if (bytes[i] == 0 && i - start > 1 && i - start < LONGEST && bytes[start] == '/') {
        String folder = new String(bytes, start, i - start, StandardCharsets.US_ASCII);
        if (holds(folder, kind.landmarks(), gathering)) {
          folders.add(folder);
        }
      }
      start = i + 1;
    }
    return folders;
  }

  private static boolean holds(String folder, List<String> landmarks, Gathering gathering) {
    return landmarks.stream()
        .anyMatch(name -> Files.isRegularFile(gathering.onHost(folder + "/" + name)));
  }
}
