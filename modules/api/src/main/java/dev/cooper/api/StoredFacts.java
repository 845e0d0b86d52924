package dev.cooper.api;

import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Facts as one file a layer. A file that cannot be written is not missed: it is only a cache. */
final class StoredFacts implements FactsCache {
  private final Path folder;

  StoredFacts(Path folder) {
    this.folder = folder;
  }

  @Override
  public byte @Nullable [] find(Digest diffId) throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(diffId.hex()));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void put(Digest diffId, byte[] facts) {
    try {
      Files.createDirectories(folder);
      Path whole = Files.createTempFile(folder, "new-", "");
      try {
        Files.write(whole, facts);
        Files.move(whole, folder.resolve(diffId.hex()), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      // A full or read-only disk: the next examination reads the layer again.
    }
  }
}
