package dev.cooper.image.archive;

import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image is made of, in an order in which everything comes after what it leads to: layers
 * and config before their manifest, manifests before their index.
 */
public final class ImageBlobs {
  private static final int DEPTH = 4;

  private final BlobSource blobs;
  private final Map<Digest, Descriptor> found = new LinkedHashMap<>();

  private ImageBlobs(BlobSource blobs) {
    this.blobs = blobs;
  }

  /**
   * The descriptors of all blobs of an image, itself last. Of an index only the manifests that are
   * here count: a pull for one platform leaves the others out.
   *
   * @throws CooperException.NotFound when the manifest itself is not here
   * @throws CooperException.Corrupt when a document is damaged
   */
  public static List<Descriptor> of(BlobSource blobs, Descriptor target) throws IOException {
    ImageBlobs image = new ImageBlobs(blobs);
    image.walk(target, 0);
    return List.copyOf(image.found.values());
  }

  private void walk(Descriptor target, int depth) throws IOException {
    if (depth > DEPTH) {
      throw new CooperException.Corrupt("index " + target.digest() + " is nested too deeply");
    }
    byte[] json = blobs.bytes(target.digest(), Image.DOCUMENT_LIMIT);
    if (MediaTypes.isIndex(target.mediaType())) {
      for (Descriptor entry : Index.parse(json).manifests()) {
        if (blobs.contains(entry.digest())) {
          walk(entry, depth + 1);
        }
      }
    } else {
      Manifest manifest = Manifest.parse(json);
      for (Descriptor layer : manifest.layers()) {
        found.putIfAbsent(layer.digest(), layer);
      }
      found.putIfAbsent(manifest.config().digest(), manifest.config());
    }
    found.putIfAbsent(target.digest(), target);
  }
}
