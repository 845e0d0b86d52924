package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Reference;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.MountFlag;
import dev.cooper.linux.Mounts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  @TempDir Path directory;
  Path disk;
  boolean mounted;

  @BeforeEach
  void mount() throws IOException {
    disk = Files.createDirectory(directory.resolve("disk"));
    try {
      Mounts.mount("tmpfs", disk, "tmpfs", Set.<MountFlag>of(), "size=2m");
      mounted = true;
    } catch (LinuxException e) {
      Assumptions.abort("a small disk cannot be mounted here: " + e.getMessage());
    }
  }

  @AfterEach
  void unmount() throws IOException {
    if (mounted) {
      Mounts.detach(disk);
    }
  }

  @Test
  void aBlobThatDoesNotFitLeavesNothing() throws IOException {
    Store store = Store.open(disk.resolve("store"));
    StoredImage image = Samples.tagged(store, "minios");
    assertThatThrownBy(() -> store.blobs().put(new byte[3 << 20]))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageContaining("no space left on device")
        .hasMessageContaining(store.root().toString())
        .matches(e -> ((CooperException) e).hint().isPresent());
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
    assertThat(store.images().list()).containsExactly(image);
    assertThat(store.collect(GarbageRoots.NONE)).isPresent();
  }

  @Test
  void aFullDiskStillLetsImagesBeRemoved() throws IOException {
    Store store = Store.open(disk.resolve("store"));
    StoredImage image = Samples.tagged(store, "minios");
    try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
      byte[] page = new byte[4096];
      while (true) {
        filler.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
    assertThat(store.images().remove("minios", false, ImageUsers.NONE).deleted())
        .contains(image.id());
    assertThat(store.collect(GarbageRoots.NONE)).isPresent();
    assertThat(store.images().list()).isEmpty();
    assertThat(store.blobs().contains(image.id())).isFalse();
  }

  @Test
  void aLayerThatDoesNotFitLeavesNothing() throws IOException {
    Store store = Store.open(disk.resolve("store"));
    byte[] layer = Samples.tar().file("half", "x".repeat(1_100_000)).toBytes();
    Descriptor target = Samples.image(store, "half", List.of(layer));
    StoredImage image = store.images().tag(Reference.parse("half"), target);
    assertThatThrownBy(() -> store.layers().unpack(store.images().read(image)))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageContaining("no space left on device");
    assertThat(store.root().resolve("tmp")).isEmptyDirectory();
    assertThat(store.root().resolve("layers")).isEmptyDirectory();
    assertThat(store.damagedBlobs()).isEmpty();
  }
}
