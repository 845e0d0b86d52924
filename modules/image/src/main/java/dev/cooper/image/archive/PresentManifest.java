package dev.cooper.image.archive;

import dev.cooper.image.BlobSource;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import java.io.IOException;
import java.util.Optional;

/** Which manifest of an index is meant where there can be only one. */
final class PresentManifest {
  private PresentManifest() {}

  /** The one for this machine if it is here, else the first that is; a manifest is itself. */
  static Descriptor of(BlobSource blobs, Descriptor target) throws IOException {
    if (!MediaTypes.isIndex(target.mediaType())) {
      return target;
    }
    Index index = Index.parse(blobs.bytes(target.digest(), Image.DOCUMENT_LIMIT));
    Optional<Descriptor> fitting = index.find(Platform.host());
    if (fitting.isPresent() && blobs.contains(fitting.get().digest())) {
      return fitting.get();
    }
    for (Descriptor entry : index.manifests()) {
      if (blobs.contains(entry.digest())) {
        return entry;
      }
    }
    return target;
  }
}
