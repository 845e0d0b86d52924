package dev.cooper.image.archive;

import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Whether layers that came from elsewhere are what their image's config says. A manifest names the
 * packed bytes, the config the unpacked ones: nothing but reading the layer ties the two together.
 */
public final class LayerCheck {
  private final BlobSource blobs;
  private final LayerIndexCache indexes;

  /**
   * @param blobs where the layers are
   * @param indexes gets the tables of contents that the check yields
   */
  public LayerCheck(BlobSource blobs, LayerIndexCache indexes) {
    this.blobs = blobs;
    this.indexes = indexes;
  }

  /**
   * Checks all layers of an image. A layer whose table of contents is known was checked before.
   *
   * @throws CooperException.Corrupt when a layer is no tar, is damaged, or is not the one that the
   *     config names
   */
  public void check(Image image) throws IOException {
    for (int i = 0; i < image.layers().size(); i++) {
      check(image.layers().get(i), image.diffIds().get(i));
    }
  }

  /** As {@link #check(Image)}, of one layer. */
  public void check(Descriptor layer, Digest diffId) throws IOException {
    if (layer.digest().equals(diffId) || indexes.find(diffId) != null) {
      // Not packed, and its digest was verified as it came; or seen before.
      return;
    }
    MessageDigest hash = diffId.newMessageDigest();
    try (InputStream packed = new BufferedInputStream(blobs.open(layer.digest()), 1 << 16);
        InputStream tar = new DigestInputStream(Compression.decompressed(packed), hash)) {
      LayerIndex index = LayerIndex.read(tar);
      tar.transferTo(OutputStream.nullOutputStream());
      if (!HexFormat.of().formatHex(hash.digest()).equals(diffId.hex())) {
        throw new CooperException.Corrupt("it does not unpack to " + diffId);
      }
      indexes.put(diffId, index);
    } catch (CooperException.Corrupt e) {
      throw new CooperException.Corrupt("layer " + layer.digest() + ": " + e.getMessage(), null, e);
    }
  }
}
