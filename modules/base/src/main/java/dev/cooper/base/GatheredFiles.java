package dev.cooper.base;

import dev.cooper.elf.ElfFile;
import dev.cooper.elf.FileLookup;
import dev.cooper.image.layer.EntryType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Gathered files as a loader in the image will see them, to make sure that it finds all there.
 * Their bytes are read from where they were gathered: each has the same path there.
 */
final class GatheredFiles implements FileLookup {
  private static final int MAX_LINKS = 40;

  private final RootFiles files;
  private final FileLookup source;

  GatheredFiles(RootFiles files, FileLookup source) {
    this.files = files;
    this.source = source;
  }

  @Override
  public Optional<String> resolve(String path) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/")));
    List<String> at = new ArrayList<>();
    Optional<RootFiles.Item> item = Optional.empty();
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        if (!at.isEmpty()) {
          at.removeLast();
        }
        continue;
      }
      at.add(name);
      item = files.find(String.join("/", at));
      if (item.isEmpty()) {
        return Optional.empty();
      }
      if (item.get().entry().type() == EntryType.SYMLINK) {
        if (++links > MAX_LINKS) {
          return Optional.empty();
        }
        String target = item.get().entry().linkTarget();
        at.removeLast();
        if (target.startsWith("/")) {
          at.clear();
        }
        String[] parts = target.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
          rest.addFirst(parts[i]);
        }
      }
    }
    return item.isPresent() && item.get().entry().isFile()
        ? Optional.of("/" + String.join("/", at))
        : Optional.empty();
  }

  @Override
  public Optional<ElfFile> elf(String file) throws IOException {
    return source.elf(file);
  }

  @Override
  public Optional<byte[]> bytes(String file, int limit) throws IOException {
    return source.bytes(file, limit);
  }
}
