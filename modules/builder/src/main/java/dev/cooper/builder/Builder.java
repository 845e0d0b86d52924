package dev.cooper.builder;

import dev.cooper.builder.exchange.CacheTarget;
import dev.cooper.builder.exchange.CachedStep;
import dev.cooper.builder.run.BuildNetwork;
import dev.cooper.dockerfile.BaseImage;
import dev.cooper.dockerfile.CheckContext;
import dev.cooper.dockerfile.Checks;
import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.ParseOptions;
import dev.cooper.dockerfile.PlatformArguments;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import dev.cooper.linux.DelayedExit;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Builds images from Dockerfiles into a store. */
public final class Builder {
  private final Store store;
  private final ImageResolver resolver;
  private final ImagePublisher publisher;

  /**
   * @param resolver finds the images that Dockerfiles name
   */
  public Builder(Store store, ImageResolver resolver) {
    this(store, resolver, ImagePublisher.NONE);
  }

  /**
   * @param resolver finds the images that Dockerfiles name
   * @param publisher sends images that requests want pushed
   */
  public Builder(Store store, ImageResolver resolver, ImagePublisher publisher) {
    this.store = store;
    this.resolver = resolver;
    this.publisher = publisher;
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
    try (DelayedExit _ = DelayedExit.interruptingThisThread();
        Lease lease = store.lease();
        ContextOpening context = ContextOpening.of(store, lease, request);
        NamedContexts named = new NamedContexts(store, lease, resolver, request);
        BuildNetwork network = new BuildNetwork(store, lease)) {
      Dockerfile dockerfile =
          Dockerfile.parse(context.dockerfile(), new ParseOptions(context.dockerfileName()));
      check(dockerfile, request, context);
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
                context.files(),
                named);
        builds.add(build);
        total += build.steps().count();
        network.announce(build.steps().commands());
      }
      List<StageState> made = new ArrayList<>();
      Set<String> unused = new TreeSet<>();
      int first = 1;
      for (Build build : builds) {
        StageState state = build.run(first, total);
        first += build.steps().count();
        if (state.isEmpty()) {
          throw new CooperException.InvalidInput(
              "No image was generated. Is your Dockerfile empty?",
              "FROM scratch alone makes nothing: add an instruction");
        }
        made.add(state);
        unused.addAll(build.unusedArguments());
      }
      if (!unused.isEmpty()) {
        String names = String.join(" ", unused);
        progress.report(
            new BuildEvent.Warned("One or more build-args [" + names + "] were not consumed"));
      }
      exchange(request, builds, made);
      return new Outputs(store, lease, request, progress, publisher).deliver(made);
    }
  }

  /** Gives away what the build used and made, where that was wanted. */
  private void exchange(BuildRequest request, List<Build> builds, List<StageState> made)
      throws IOException {
    if (request.cacheTo().isEmpty()) {
      return;
    }
    Map<Digest, CachedStep> steps = new LinkedHashMap<>();
    builds.forEach(build -> build.cache().seen().forEach(step -> steps.put(step.key(), step)));
    // By digest: in an image the layers also say what made them.
    Set<Digest> layers = new HashSet<>();
    made.forEach(state -> state.layers().forEach(layer -> layers.add(layer.digest())));
    for (CacheTarget target : request.cacheTo()) {
      List<CachedStep> wanted = new ArrayList<>(steps.values());
      if (!target.wantsAllStages()) {
        wanted.removeIf(
            step -> {
              Descriptor layer = step.layer();
              return layer != null && !layers.contains(layer.digest());
            });
      }
      target.write(wanted, store.blobs());
    }
  }

  /**
   * Reads what a request would build from, and builds nothing.
   *
   * @throws dev.cooper.dockerfile.DockerfileException if the Dockerfile cannot be used
   * @throws CooperException if there is no such context or file
   * @throws InterruptedException if the thread was interrupted while it fetched the context
   */
  public Definition define(BuildRequest request) throws IOException, InterruptedException {
    try (Lease lease = store.lease();
        ContextOpening context = ContextOpening.of(store, lease, request)) {
      Dockerfile dockerfile =
          Dockerfile.parse(context.dockerfile(), new ParseOptions(context.dockerfileName()));
      return new Definition(dockerfile, checks(request, context));
    }
  }

  private CheckContext checks(BuildRequest request, ContextOpening context) {
    Platform platform = platforms(request).iterator().next();
    return new CheckContext(
        context.ignored(),
        request.arguments(),
        PlatformArguments.of(Platform.host().toString(), platform.toString(), request.target()),
        name -> base(name, platform),
        null,
        null);
  }

  /** What is known of an image without asking anybody; null if it is not here. */
  private @Nullable BaseImage base(String name, Platform platform) {
    if (name.equals("scratch")) {
      return BaseImage.SCRATCH;
    }
    try {
      ImageConfig config = new StoredImages(store).resolve(name, platform, false).config();
      return new BaseImage(
          config.config().variables(),
          !config.config().shell().isEmpty(),
          config.platform().toString());
    } catch (IOException | CooperException e) {
      return null;
    }
  }

  /** Warnings end the build where the Dockerfile says {@code check=error=true}. */
  private void check(Dockerfile dockerfile, BuildRequest request, ContextOpening context) {
    if (!dockerfile.directives().check().error()) {
      return;
    }
    CheckContext against = checks(request, context);
    String violation = Checks.violation(dockerfile, against, Checks.run(dockerfile, against));
    if (violation != null) {
      throw new CooperException.InvalidInput(violation, "cooper build --check shows the lines");
    }
  }

  private static Set<Platform> platforms(BuildRequest request) {
    return request.platforms().isEmpty()
        ? Set.of(Platform.host())
        : new LinkedHashSet<>(request.platforms());
  }
}
