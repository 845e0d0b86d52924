package dev.cooper.base;

import dev.cooper.image.layer.PathBytes;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the users' files of a system are. */
final class HostHomes {
  /** So many links in one path make a loop, as for Linux (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private final String root;
  private final Set<String> found = new LinkedHashSet<>();

  private HostHomes(Path root) {
    this.root = root.toString();
  }

  /**
   * Root's home, those below {@code /home}, where a domain may have a folder of its own, and those
   * of passwd(5), as of services: each as it is written, and as the real path in the system, as
   * {@code /home} and {@code /root} themselves may be links.
   *
   * @return without leading slashes; parts may be {@code *}
   */
  static Set<String> of(Path root) throws IOException {
    HostHomes homes = new HostHomes(root);
    homes.add("/root", "");
    homes.add("/home", "/*");
    homes.add("/home", "/*/*");
    Path passwd = root.resolve("etc/passwd");
    if (Files.isReadable(passwd)) {
      for (String line : PathBytes.decode(Files.readAllBytes(passwd)).split("\n")) {
        String[] fields = line.split(":", -1);
        String home = fields.length > 5 ? fields[5].replaceAll("/+", "/").replaceAll("/$", "") : "";
        if (home.length() > 1 && home.startsWith("/") && home.indexOf('*') < 0) {
          homes.add(home, "");
        }
      }
    }
    return homes.found;
  }

  private void add(String home, String below) {
    found.add(home.substring(1) + below);
    real(home).filter(path -> path.indexOf('*') < 0).ifPresent(path -> found.add(path + below));
  }

  /** The path with no link in it, from the system's root; empty when it is the root or a loop. */
  private Optional<String> real(String path) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/")));
    List<String> real = new ArrayList<>();
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        if (!real.isEmpty()) {
          real.removeLast();
        }
        continue;
      }
      real.add(name);
      Optional<String> target = link(String.join("/", real));
      if (target.isPresent()) {
        if (++links > MOST_LINKS) {
          return Optional.empty();
        }
        real.removeLast();
        if (target.get().startsWith("/")) {
          real.clear();
        }
        Arrays.asList(target.get().split("/")).reversed().forEach(rest::addFirst);
      }
    }
    return real.isEmpty() ? Optional.empty() : Optional.of(String.join("/", real));
  }

  private Optional<String> link(String path) {
    try {
      return Optional.of(
          PathBytes.decode(FileHandle.readLink(PathBytes.encode(root + "/" + path))));
    } catch (LinuxException e) {
      return Optional.empty(); // No link, or nothing.
    }
  }
}
