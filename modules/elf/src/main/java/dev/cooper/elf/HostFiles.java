package dev.cooper.elf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A folder of this machine as a tree of its own: links in it, absolute ones too, lead to places
 * inside it and never out. With {@code /} as the folder it is the machine itself.
 */
public final class HostFiles implements FileLookup {
  /** Linux's own limit (path_resolution(7)). */
  private static final int MAX_LINKS = 40;

  private final Path root;

  private HostFiles(Path root) {
    this.root = root;
  }

  /** The tree under a folder. */
  public static HostFiles at(Path folder) {
    return new HostFiles(folder.toAbsolutePath().normalize());
  }

  @Override
  public Optional<String> resolve(String path) throws IOException {
    try {
      return follow(path);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<ElfFile> elf(String file) throws IOException {
    try {
      return Optional.of(Elf.read(root.resolve(file.substring(1))));
    } catch (ElfFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<byte[]> bytes(String file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve(file.substring(1)))) {
      byte[] bytes = in.readNBytes(limit + 1);
      return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
    }
  }

  private Optional<String> follow(String path) throws IOException {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/")));
    Path at = root;
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        Path parent = at.getParent();
        at = at.equals(root) || parent == null ? root : parent;
        continue;
      }
      Path next = at.resolve(name);
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      if (++links > MAX_LINKS) {
        return Optional.empty();
      }
      String target = Files.readSymbolicLink(next).toString();
      if (target.startsWith("/")) {
        at = root;
      }
      String[] parts = target.split("/");
      for (int i = parts.length - 1; i >= 0; i--) {
        rest.addFirst(parts[i]);
      }
    }
    return Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of("/" + root.relativize(at))
        : Optional.empty();
  }
}
