package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Looks through what an earlier boot of the machine left unsealed (see {@link Durability}): once
 * after each boot, by whoever comes first.
 */
final class BootCheck {
  private final Layout layout;
  private final Locks locks;
  private final Blobs blobs;

  BootCheck(Layout layout, Locks locks, Blobs blobs) {
    this.layout = layout;
    this.locks = locks;
    this.blobs = blobs;
  }

  void run() throws IOException {
    String boot = Durability.bootId();
    if (boot.equals(lastBoot())) {
      return;
    }
    try (Locks.Held held = locks.exclusive(Layout.BOOT)) {
      if (boot.equals(lastBoot())) {
        return;
      }
      for (Digest digest : blobs.all()) {
        if (!Durability.isSealed(blobs.path(digest))) {
          sealOrRemove(digest);
        }
      }
      removeUnsealed(layout.layers());
      removeUnsealed(layout.tablesOfContents());
      Durability.replace(layout.boot(), boot.getBytes(StandardCharsets.UTF_8), layout.temporary());
    }
  }

  private String lastBoot() throws IOException {
    try {
      return Files.readString(layout.boot());
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private void sealOrRemove(Digest digest) throws IOException {
    try {
      blobs.verify(digest);
      Durability.flushAndSeal(blobs.path(digest));
    } catch (CooperException.Corrupt e) {
      blobs.delete(digest);
    }
  }

  private static void removeUnsealed(Path directory) throws IOException {
    for (Path entry : Layout.entries(directory)) {
      if (!Durability.isSealed(entry)) {
        TreeRemoval.remove(entry);
      }
    }
  }
}
