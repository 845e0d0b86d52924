package dev.cooper.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Every ELF file of this machine, compared with what ldd says: the same libraries, the same places.
 */
class LddTest {
  @Test
  void everyClosureOfThisMachineIsWhatLddFinds() throws Exception {
    Assumptions.assumeTrue(HostElfFiles.has("ldd"), "ldd is not installed");
    LibrarySearch search = LibrarySearch.over(HostFiles.at(Path.of("/")), hostOptions());
    String native_ = Elf.read(Path.of("/bin/sh").toRealPath()).architecture();
    List<Path> files = new ArrayList<>();
    for (Path file : HostElfFiles.all()) {
      ElfFile elf = Elf.read(file);
      // ldd runs the loader, so it answers only for this machine's own programs and libraries.
      if (elf.architecture().equals(native_)
          && !elf.needed().isEmpty()
          && (elf.type() == ElfType.SHARED || elf.type() == ElfType.EXECUTABLE)) {
        files.add(file);
      }
    }
    assertThat(files).hasSizeGreaterThan(100);
    HostElfFiles.judge(
        files, List.of("ldd", "/bin/sh"), (some, printed) -> compare(search, some, printed));
  }

  private static void compare(LibrarySearch search, List<Path> files, List<String> output)
      throws Exception {
    Map<String, List<String>> printed = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : output) {
      if (line.endsWith(":") && !line.startsWith("\t")) {
        lines = new ArrayList<>();
        printed.put(line.substring(0, line.length() - 1), lines);
      } else {
        lines.add(line.strip());
      }
    }
    Map<String, Map<String, String>> differences = new TreeMap<>();
    for (Path file : files) {
      Map<String, String> expected = new TreeMap<>();
      for (String line : printed.getOrDefault(file.toString(), List.of())) {
        String[] parts = line.replaceAll(" \\(0x[0-9a-f]+\\)$", "").split(" => ");
        if (parts.length == 2) {
          expected.put(parts[0], parts[1].equals("not found") ? parts[1] : real(parts[1]));
        } else if (line.startsWith("/")) {
          // Found by a name with a slash, as the loader itself is; the kernel's object has none.
          expected.put(real(parts[0]), real(parts[0]));
        }
      }
      assertThat(expected).as("what ldd says of %s, which needs libraries", file).isNotEmpty();
      LibraryClosure closure = search.closure(file.toString());
      Map<String, String> found = new TreeMap<>();
      for (LibraryClosure.Library library : closure.libraries()) {
        found.put(library.name().contains("/") ? library.file() : library.name(), library.file());
      }
      closure.missing().forEach(missing -> found.put(missing.name(), "not found"));
      // Libraries list the loader only if they ask for it; ldd always shows it.
      expected.keySet().removeIf(name -> name.contains("ld-linux"));
      found.keySet().removeIf(name -> name.contains("ld-linux"));
      if (!found.equals(expected)) {
        differences.put(file + " as found", found);
        differences.put(file + " as ldd says", expected);
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String real(String path) throws Exception {
    return Path.of(path).toRealPath().toString();
  }

  private static LoaderOptions hostOptions() throws Exception {
    List<String> capabilities = new ArrayList<>();
    for (String line : HostElfFiles.run(List.of("/lib64/ld-linux-x86-64.so.2", "--help"))) {
      if (line.contains("(supported, searched)") && line.startsWith("  x86-64-v")) {
        capabilities.add(line.strip().split(" ")[0]);
      }
    }
    return new LoaderOptions(List.of(), capabilities, "/");
  }
}
