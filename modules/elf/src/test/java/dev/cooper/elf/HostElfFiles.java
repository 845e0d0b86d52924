package dev.cooper.elf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * ELF files of this machine's system folders, for tests that compare with real tools. Every tenth
 * of them, or with {@code -Dcooper.elf.all} every one, which takes minutes.
 */
final class HostElfFiles {
  private static final int STEP = Boolean.getBoolean("cooper.elf.all") ? 1 : 10;

  private HostElfFiles() {}

  static List<Path> sample() throws IOException {
    List<Path> all = all();
    List<Path> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i += STEP) {
      chosen.add(all.get(i));
    }
    return chosen;
  }

  private static List<Path> all() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec", "/opt")) {
      Path start = Path.of(folder);
      if (!Files.isDirectory(start)) {
        continue;
      }
      try (Stream<Path> walk = Files.walk(start)) {
        walk.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
            .filter(HostElfFiles::isElf)
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }

  static boolean isElf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Elf.isElf(in.readNBytes(4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean has(String tool) {
    return Files.isExecutable(Path.of("/usr/bin", tool));
  }

  static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    List<String> lines;
    try (Stream<String> output = process.inputReader().lines()) {
      lines = output.toList();
    }
    process.waitFor();
    return lines;
  }
}
