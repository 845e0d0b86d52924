package dev.cooper.builder;

import dev.cooper.builder.run.BuildNetwork;
import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.ParseOptions;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
      List<Build> builds = new ArrayList<>();
      int total = 0;
      for (Platform platform : platforms(request)) {
        Build build =
            new Build(
                store,
                resolver,
                request,
                platform,
                progress,
                lease,
                network,
                dockerfile,
                context.files());
        builds.add(build);
        total += build.steps();
      }
      List<StageState> made = new ArrayList<>();
      int first = 1;
      for (Build build : builds) {
        StageState state = build.run(first, total);
        first += build.steps();
        if (state.isEmpty()) {
          throw new CooperException.InvalidInput(
              "No image was generated. Is your Dockerfile empty?",
              "FROM scratch alone makes nothing: add an instruction");
        }
        made.add(state);
      }
      return new Outputs(store, lease, request, progress).deliver(made);
    }
  }

  private static Set<Platform> platforms(BuildRequest request) {
    return request.platforms().isEmpty()
        ? Set.of(Platform.host())
        : new LinkedHashSet<>(request.platforms());
  }

  private static String newId() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
