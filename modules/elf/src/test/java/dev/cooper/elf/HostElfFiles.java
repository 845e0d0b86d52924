package dev.cooper.elf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All ELF files of this machine's system folders, for tests that compare with real tools. */
final class HostElfFiles {
  private static final int BUNCH = 100;

  private static @Nullable List<Path> found;

  private HostElfFiles() {}

  /** Every one of them, sorted. */
  static synchronized List<Path> all() throws IOException {
    List<Path> files = found;
    if (files == null) {
      files = find();
      found = files;
    }
    return files;
  }

  private static List<Path> find() throws IOException {
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
    return List.copyOf(found);
  }

  static boolean isElf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Elf.isElf(in.readNBytes(4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a tool over all files, some at a time on each processor, and hands over what it printed of
   * each bunch, one bunch after the other.
   *
   * @param command the words before the files
   */
  static void judge(List<Path> files, List<String> command, Judgement judgement) throws Exception {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<List<Path>> bunches = new ArrayList<>();
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < files.size(); i += BUNCH) {
        List<Path> bunch = files.subList(i, Math.min(files.size(), i + BUNCH));
        List<String> words = new ArrayList<>(command);
        bunch.forEach(file -> words.add(file.toString()));
        bunches.add(bunch);
        answers.add(workers.submit(() -> run(words)));
      }
      for (int i = 0; i < bunches.size(); i++) {
        judgement.compare(bunches.get(i), answers.get(i).get());
      }
    }
  }

  /** Compares what a tool printed of some files with what was read of them. */
  @FunctionalInterface
  interface Judgement {
    void compare(List<Path> files, List<String> printed) throws Exception;
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
