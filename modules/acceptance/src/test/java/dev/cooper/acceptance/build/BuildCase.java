package dev.cooper.acceptance.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A context to be built.
 *
 * <p>Cases are written in text files: {@code === name} begins one, lines of {@link #setUp} make its
 * files, {@code judge buildkit} chooses the engine's other builder, {@code option --x=y} is given
 * to the build, and after {@code ---} follows the Dockerfile.
 *
 * @param buildKit whether the judge is the engine's BuildKit rather than its classic builder
 * @param failureOnly whether both must fail, for whatever reason and with whatever code
 */
record BuildCase(
    String name,
    List<String> setUp,
    List<String> options,
    String dockerfile,
    boolean buildKit,
    boolean failureOnly) {

  /** The cases of a file. */
  static List<BuildCase> parse(String text) {
    List<BuildCase> cases = new ArrayList<>();
    for (String block : text.split("(?m)^=== ")) {
      if (block.isBlank() || block.startsWith("#")) {
        continue;
      }
      int end = block.indexOf('\n');
      String name = block.substring(0, end).strip();
      int split = block.indexOf("\n---\n", end - 1);
      if (split < 0) {
        throw new IllegalArgumentException("no Dockerfile in case " + name);
      }
      List<String> setUp = new ArrayList<>();
      List<String> options = new ArrayList<>();
      boolean buildKit = false;
      boolean failureOnly = false;
      for (String line : block.substring(end, split).split("\n")) {
        if (line.startsWith("option ")) {
          options.add(line.substring(7));
        } else if (line.equals("judge buildkit")) {
          buildKit = true;
        } else if (line.equals("both fail")) {
          failureOnly = true;
        } else if (!line.isBlank()) {
          setUp.add(line);
        }
      }
      cases.add(
          new BuildCase(name, setUp, options, block.substring(split + 5), buildKit, failureOnly));
    }
    return cases;
  }

  /** Makes the context's files; all get the same old time. */
  void create(Path context) throws Exception {
    Files.createDirectories(context);
    for (String line : setUp) {
      make(context, line);
    }
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    age(context);
  }

  private static void make(Path context, String line) throws Exception {
    String[] words = line.split(" ", 4);
    switch (words[0]) {
      case "file" -> {
        Path file = context.resolve(words[1]);
        Files.createDirectories(file.getParent());
        String content = words.length > 3 ? words[3] : words[1];
        Files.writeString(file, content.replace("\\n", "\n"), StandardCharsets.UTF_8);
        mode(file, words.length > 2 ? words[2] : "0644");
      }
      case "dir" -> {
        Path directory = Files.createDirectories(context.resolve(words[1]));
        mode(directory, words.length > 2 ? words[2] : "0755");
      }
      case "link" -> {
        Path link = context.resolve(words[1]);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(words[2]));
      }
      case "sh" -> shell(context, line.substring(3));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static void mode(Path path, String octal) throws IOException {
    Files.setAttribute(path, "unix:mode", Integer.parseInt(octal, 8));
  }

  private static void shell(Path context, String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-ec", script)
            .directory(context.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(script + ": " + output);
    }
  }

  private static void age(Path context) throws IOException {
    FileTime old = FileTime.fromMillis(1_600_000_000_000L);
    try (var files = Files.walk(context)) {
      for (Path file : files.toList()) {
        boolean plain =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        if (plain) {
          Files.setLastModifiedTime(file, old);
        }
      }
    }
  }

  @Override
  public String toString() {
    return name + (buildKit ? " (BuildKit)" : "");
  }
}
