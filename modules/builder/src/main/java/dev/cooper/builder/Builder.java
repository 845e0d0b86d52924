package dev.cooper.builder;

import dev.cooper.builder.run.BuildNetwork;
import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.ParseOptions;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Reference;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Builds images from Dockerfiles into a store. */
public final class Builder {
  private final Store store;
  private final ImageResolver resolver;

  /**
   * @param resolver finds the images that Dockerfiles name
   */
  public Builder(Store store, ImageResolver resolver) {
    this.store = store;
    this.resolver = resolver;
  }

  /**
   * Builds an image and gives it its names. The same request again costs little: what did not
   * change is taken from the build before, and the same image comes out.
   *
   * <p>If it fails, or the thread is interrupted, no image and no name changes; what finished steps
   * made is kept for the next build.
   *
   * @throws BuildFailure if a step fails
   * @throws dev.cooper.dockerfile.DockerfileException if the Dockerfile cannot be used
   * @throws CooperException if the request cannot be met: no such file, no such stage
   * @throws InterruptedException if the thread was interrupted; nothing of the build goes on
   */
  public BuildResult build(BuildRequest request, BuildProgress progress)
      throws IOException, InterruptedException {
    try (Interruption _ = Interruption.ofThisThread();
        Lease lease = store.lease();
        ContextOpening context = ContextOpening.of(store, request);
        BuildNetwork network = new BuildNetwork(store, newId(), lease)) {
      Dockerfile dockerfile =
          Dockerfile.parse(context.dockerfile(), new ParseOptions(context.dockerfileName()));
      Build build =
          new Build(
              store, resolver, request, progress, lease, network, dockerfile, context.files());
      StageState state = build.run();
      if (state.isEmpty()) {
        throw new CooperException.InvalidInput(
            "No image was generated. Is your Dockerfile empty?",
            "FROM scratch alone makes nothing: add an instruction");
      }
      return keep(state, request, build);
    }
  }

  private static String newId() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private BuildResult keep(StageState state, BuildRequest request, Build build) throws IOException {
    byte[] config = state.config().toJson();
    Image image = Build.image(state);
    byte[] json = image.manifest().toJson();
    store.blobs().put(config);
    store.blobs().put(json);
    Descriptor manifest =
        Descriptor.of(MediaTypes.OCI_MANIFEST, json).withPlatform(state.config().platform());
    if (request.tags().isEmpty()) {
      store.images().add(manifest);
    }
    build.report(new BuildEvent.Built(image.configDigest()));
    for (Reference tag : request.tags()) {
      store.images().tag(tag, manifest);
      build.report(new BuildEvent.Tagged(tag));
    }
    return new BuildResult(manifest, image.configDigest());
  }
}
