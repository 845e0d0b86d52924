package dev.cooper.api;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.MediaTypes;
import dev.cooper.registry.PackedLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A small file a layer, beside the build cache: the digest and size that it has when packed. */
final class PackedLayerNotes implements PackedLayers {
  private final Path folder;

  PackedLayerNotes(Path folder) {
    this.folder = folder;
  }

  @Override
  public @Nullable Descriptor find(Digest diffId) throws IOException {
    try {
      String[] words = Files.readString(folder.resolve(diffId.hex())).strip().split(" ", -1);
      return words.length == 2
          ? Descriptor.of(
              MediaTypes.OCI_LAYER_GZIP, Digest.parse(words[0]), Long.parseLong(words[1]))
          : null;
    } catch (NoSuchFileException | CooperException | NumberFormatException e) {
      // A note that cannot be read is no note.
      return null;
    }
  }

  @Override
  public void put(Digest diffId, Descriptor packed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(diffId.hex()), packed.digest() + " " + packed.size());
  }
}
