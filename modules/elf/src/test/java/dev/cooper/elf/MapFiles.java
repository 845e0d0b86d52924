package dev.cooper.elf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A tree of files in memory, for tests. Links are to absolute paths. */
final class MapFiles implements FileLookup {
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  MapFiles put(String path, ElfBytes elf) {
    return put(path, elf.bytes());
  }

  MapFiles put(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  MapFiles link(String path, String target) {
    links.put(path, target);
    return this;
  }

  @Override
  public Optional<String> resolve(String path) {
    String at = java.nio.file.Path.of(path).normalize().toString();
    for (int i = 0; i < 40 && links.containsKey(at); i++) {
      at = links.get(at);
    }
    return files.containsKey(at) ? Optional.of(at) : Optional.empty();
  }

  @Override
  public Optional<ElfFile> elf(String file) {
    try {
      return Optional.of(Elf.read(files.get(file)));
    } catch (ElfFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<byte[]> bytes(String file, int limit) {
    return Optional.of(files.get(file));
  }
}
