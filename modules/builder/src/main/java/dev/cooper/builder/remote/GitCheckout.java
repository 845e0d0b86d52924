package dev.cooper.builder.remote;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A commit of a git repository as files. Git itself fetches it; its configuration and credentials
 * are the user's. All files have the commit's time, whoever fetched them and when.
 *
 * @param tree where the files are
 * @param commit the commit's name
 */
public record GitCheckout(Path tree, String commit) {

  /**
   * Fetches as little as the server allows for.
   *
   * @param place an empty directory, which becomes the working tree
   * @param keepHistory whether {@code .git} stays
   * @throws CooperException.NotFound if there is no such repository, ref or directory
   * @throws CooperException.Failed if git is not there or fails
   */
  public static GitCheckout of(GitReference reference, Path place, boolean keepHistory)
      throws IOException, InterruptedException {
    Git git = new Git(place);
    git.must("cannot prepare a repository", "init", "--quiet");
    String wanted = fetch(git, reference);
    git.must("cannot check out " + reference, "checkout", "--quiet", "--detach", wanted);
    if (Files.exists(place.resolve(".gitmodules"))) {
      git.must(
          "cannot fetch the submodules of " + reference,
          "submodule",
          "update",
          "--quiet",
          "--init",
          "--recursive");
    }
    String commit = git.must("cannot read " + reference, "rev-parse", "HEAD").strip();
    String time = git.must("cannot read " + reference, "log", "-1", "--format=%ct").strip();
    if (!keepHistory) {
      removeHistory(place);
    }
    setTimes(place, FileTime.fromMillis(Long.parseLong(time) * 1000));
    Path tree = place.resolve(reference.directory());
    // A link would lead to what the user did not name.
    if (!Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)
        || !tree.toRealPath().startsWith(place.toRealPath())) {
      throw new CooperException.NotFound(
          reference + ": there is no directory " + reference.directory() + " at that commit");
    }
    return new GitCheckout(tree, commit);
  }

  /** What to check out. */
  private static String fetch(Git git, GitReference reference)
      throws IOException, InterruptedException {
    String ref = reference.ref() == null ? "HEAD" : reference.ref();
    git.must(
        "cannot use " + reference.remote(), "remote", "add", "--", "origin", reference.remote());
    Git.Ended shallow = git.run("fetch", "--quiet", "--depth=1", "origin", ref);
    if (shallow.code() == 0) {
      return "FETCH_HEAD";
    }
    // Not every server gives single commits, or anything without its history.
    Git.Ended all =
        git.run(
            "fetch",
            "--quiet",
            "origin",
            "+refs/heads/*:refs/remotes/origin/*",
            "+refs/tags/*:refs/tags/*");
    if (all.code() != 0) {
      throw new CooperException.Failed(
          "cannot fetch " + reference.remote() + ": " + all.said(),
          "git ls-remote " + reference.remote() + " shows whether it can be reached",
          null);
    }
    List<String> guesses = new ArrayList<>();
    if (reference.ref() == null) {
      Git.Ended head = git.run("ls-remote", "--symref", "origin", "HEAD");
      String name = head.output().strip();
      if (name.startsWith("ref: refs/heads/")) {
        guesses.add("origin/" + name.substring(16).split("\\s", 2)[0]);
      }
      guesses.addAll(List.of("origin/main", "origin/master"));
    } else {
      guesses.addAll(List.of("origin/" + ref, "refs/tags/" + ref, ref));
    }
    for (String guess : guesses) {
      Git.Ended found = git.run("rev-parse", "--verify", "--quiet", guess + "^{commit}");
      if (found.code() == 0) {
        return found.output().strip();
      }
    }
    throw new CooperException.NotFound(
        "repository " + reference.remote() + " does not contain ref " + ref);
  }

  private static void removeHistory(Path place) throws IOException {
    Files.walkFileTree(
        place,
        new SimpleFileVisitor<>() {
          private int inside;

          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes status) {
            inside += isHistory(directory) ? 1 : 0;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes status)
              throws IOException {
            // In a submodule it is a file.
            if (inside > 0 || isHistory(file)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (inside > 0) {
              Files.delete(directory);
            }
            inside -= isHistory(directory) ? 1 : 0;
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isHistory(Path path) {
    return path.endsWith(".git");
  }

  private static void setTimes(Path place, FileTime time) throws IOException {
    try (var files = Files.walk(place)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!Files.isSymbolicLink(file)) {
          Files.setLastModifiedTime(file, time);
        }
      }
    }
  }

  /** Git, in a working tree of its own. */
  private record Git(Path place) {
    /** How a command ended, and what it said on both streams. */
    record Ended(int code, String output, String said) {}

    String must(String failure, String... words) throws IOException, InterruptedException {
      Ended ended = run(words);
      if (ended.code() != 0) {
        throw new CooperException.Failed(failure + ": " + ended.said());
      }
      return ended.output();
    }

    Ended run(String... words) throws IOException, InterruptedException {
      // The modes of files must not depend on who builds.
      List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 022; exec \"$@\"", "sh"));
      command.addAll(
          List.of("git", "-c", "advice.detachedHead=false", "-c", "core.autocrlf=false"));
      command.addAll(List.of(words));
      Path output = Files.createTempFile("cooper-git", "");
      Path error = Files.createTempFile("cooper-git", "");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(error.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("LC_ALL", "C");
        environment.keySet().removeAll(List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"));
        Process process = builder.start();
        int code;
        try {
          code = process.waitFor();
        } catch (InterruptedException e) {
          process.destroyForcibly();
          throw e;
        }
        if (code == 127) {
          throw new CooperException.Failed(
              "git is needed to fetch repositories", "apt-get install git", null);
        }
        return new Ended(code, text(output), lastLine(text(error)));
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(error);
      }
    }

    private static String text(Path file) throws IOException {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String lastLine(String text) {
      List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "" : lines.getLast();
    }
  }
}
