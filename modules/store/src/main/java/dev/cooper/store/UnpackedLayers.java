package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.layer.Compression;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Layers as directories for an overlay mount, {@code layers/<chain id>/diff}: whiteouts are
 * character devices 0/0, opaque directories carry the overlay's attribute. A layer is there whole
 * or not at all; it is never changed after that, and may be mounted by any number of containers.
 *
 * <p>They are a cache of the blobs: the garbage collector removes those that no image and no
 * container needs, and {@link #unpack} makes them again. Callers hold a {@link Lease}, or have told
 * the collector through {@link GarbageRoots}.
 */
public final class UnpackedLayers {
  private static final String DIFF = "diff";

  private final Layout layout;
  private final Locks locks;
  private final Blobs blobs;

  UnpackedLayers(Layout layout, Locks locks, Blobs blobs) {
    this.layout = layout;
    this.locks = locks;
    this.blobs = blobs;
  }

  /** As {@link #unpack(List, List)}, all layers of an image. */
  public List<Path> unpack(Image image) throws IOException {
    return unpack(image.layers(), image.diffIds());
  }

  /**
   * Makes sure that each layer of a stack is unpacked.
   *
   * @param layers the blobs, bottom first, in the store
   * @param diffIds the digests of the uncompressed layers, in the same order
   * @return the directories, bottom first; an overlay mount wants them the other way round
   * @throws CooperException.NotFound when a blob is needed and not here
   * @throws CooperException.Corrupt when a layer is damaged, or holds what no layer may hold
   * @throws CooperException.Failed when the disk is full, or this user may not make such files
   */
  public List<Path> unpack(List<Descriptor> layers, List<Digest> diffIds) throws IOException {
    if (layers.size() != diffIds.size()) {
      throw new IllegalArgumentException(
          layers.size() + " layers, " + diffIds.size() + " diff ids");
    }
    List<Digest> chain = ChainIds.of(diffIds);
    List<Path> directories = new ArrayList<>(chain.size());
    for (int i = 0; i < chain.size(); i++) {
      Path directory = directory(chain.get(i));
      if (!exists(directory)) {
        try (Locks.Held held = locks.exclusive("layer " + chain.get(i))) {
          if (!exists(directory)) {
            unpack(layers.get(i), diffIds.get(i), directories, chain.get(i));
          }
        }
      }
      directories.add(directory);
    }
    return directories;
  }

  /** The directory of an unpacked layer; empty when it is not unpacked. */
  public Optional<Path> find(Digest chainId) {
    return Optional.of(directory(chainId)).filter(UnpackedLayers::exists);
  }

  /**
   * Makes a directory a layer without unpacking it: what a RUN step left in the upper directory of
   * its overlay mount. The directory is renamed and gone from its old place, also when the layer
   * was there already and the directory is therefore dropped.
   *
   * @param chainId the chain id of the layer that was made of the directory's content
   * @param upper on the store's file system, no longer mounted, and not to be written to again; its
   *     own attributes are those of the root directory
   * @return the layer's directory
   */
  public Path adopt(Digest chainId, Path upper) throws IOException {
    Path directory = directory(chainId);
    try (Locks.Held held = locks.exclusive("layer " + chainId)) {
      if (exists(directory)) {
        TreeRemoval.remove(upper);
      } else {
        Path temporary = newTemporary();
        Files.move(upper, temporary.resolve(DIFF), StandardCopyOption.ATOMIC_MOVE);
        publish(temporary, chainId);
      }
    } catch (IOException e) {
      throw StoreFailures.explain(e, layout, "keep a layer");
    }
    return directory;
  }

  private void unpack(Descriptor layer, Digest diffId, List<Path> below, Digest chainId)
      throws IOException {
    Path temporary = null;
    try {
      temporary = newTemporary();
      Path diff = Files.createDirectory(temporary.resolve(DIFF));
      // What is verified is the uncompressed layer, which says as much about the blob.
      try (InputStream blob = blobs.openUnverified(layer.digest());
          InputStream plain = Compression.decompressed(new BufferedInputStream(blob, 1 << 16));
          InputStream tar = new VerifyingStream(plain, diffId, blobs.path(layer.digest()))) {
        new LayerUnpacker(diff, below).unpack(tar);
      }
      publish(temporary, chainId);
    } catch (IOException e) {
      throw StoreFailures.explain(e, layout, "unpack layer " + layer.digest());
    } finally {
      if (temporary != null) {
        TreeRemoval.remove(temporary);
      }
    }
  }

  private Path newTemporary() throws IOException {
    return Files.createDirectory(TemporaryNames.in(layout.temporary()), OwnerOnly.directory());
  }

  private void publish(Path temporary, Digest chainId) throws IOException {
    Path target = Objects.requireNonNull(directory(chainId).getParent());
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path directory(Digest chainId) {
    return layout.layers().resolve(chainId.hex()).resolve(DIFF);
  }

  private static boolean exists(Path directory) {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
  }
}
