package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that was marked, and what it leads to. */
final class Reached implements GarbageRoots.Marker {
  private final Blobs blobs;
  private final ImageReading reading;
  private final Set<Digest> digests = new HashSet<>();
  private final Set<String> diffIds = new HashSet<>();
  private final Set<String> chainIds = new HashSet<>();

  Reached(Blobs blobs, ImageReading reading) {
    this.blobs = blobs;
    this.reading = reading;
  }

  boolean hasBlob(Digest digest) {
    return digests.contains(digest);
  }

  Set<Digest> blobs() {
    return digests;
  }

  /** Whether the table of contents of that name is to stay. */
  boolean hasTable(String diffId) {
    return diffIds.contains(diffId);
  }

  /** Whether the unpacked layer of that name is to stay. */
  boolean hasLayer(String chainId) {
    return chainIds.contains(chainId);
  }

  @Override
  public void image(Descriptor target) throws IOException {
    if (!blobs.contains(target.digest())) {
      return;
    }
    try {
      reading.walk(
          target,
          new ImageReading.Visitor() {
            @Override
            public void blob(Digest digest) {
              digests.add(digest);
            }

            @Override
            public void image(Manifest manifest) throws IOException {
              layers(manifest);
            }
          });
    } catch (CooperException.NotFound | CooperException.Corrupt e) {
      // A damaged image: what of it could be reached stays, for whoever looks into it.
    }
  }

  private void layers(Manifest manifest) throws IOException {
    ImageConfig config =
        ImageConfig.parse(blobs.bytes(manifest.config().digest(), Image.DOCUMENT_LIMIT));
    List<Digest> ids = config.rootfs().diffIds();
    ids.forEach(this::tableOfContents);
    ChainIds.of(ids).forEach(this::layer);
  }

  @Override
  public void blob(Digest digest) {
    digests.add(digest);
  }

  @Override
  public void tableOfContents(Digest diffId) {
    diffIds.add(diffId.hex());
  }

  @Override
  public void layer(Digest chainId) {
    chainIds.add(chainId.hex());
  }
}
