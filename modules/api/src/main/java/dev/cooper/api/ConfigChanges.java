package dev.cooper.api;

import dev.cooper.builder.BuildContext;
import dev.cooper.builder.BuildProgress;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.BuildResult;
import dev.cooper.builder.Builder;
import dev.cooper.builder.DockerfileSource;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import dev.cooper.store.ImageUsers;
import dev.cooper.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Instructions of a Dockerfile that say how to run an image: what {@code --change} of {@code
 * import} and {@code commit} takes.
 */
final class ConfigChanges {
  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "cmd",
          "entrypoint",
          "env",
          "expose",
          "healthcheck",
          "label",
          "onbuild",
          "stopsignal",
          "user",
          "volume",
          "workdir");

  private ConfigChanges() {}

  /**
   * Looks at the instructions' names.
   *
   * @throws CooperException.InvalidInput in Docker's words for one that changes no config
   */
  static void check(List<String> changes) {
    for (String change : changes) {
      String word = change.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      if (!INSTRUCTIONS.contains(word)) {
        throw new CooperException.InvalidInput(word + " is not a valid change command");
      }
    }
  }

  /** What they make of an image's config: that of a build, of which nothing else is kept. */
  static ContainerConfig apply(
      List<String> changes, Store store, ImageConfig config, List<Descriptor> layers)
      throws IOException, InterruptedException {
    Platform platform = config.platform();
    // Triggers of the image itself are for those who build upon it.
    ImageConfig base = config.withConfig(config.config().withOnBuild(List.of()));
    Image image = Image.of(base, layers);
    String dockerfile = "FROM changed\n" + String.join("\n", changes) + "\n";
    BuildRequest request =
        BuildRequest.of(new BuildContext.Empty())
            .withDockerfile(new DockerfileSource.Text("--change", dockerfile))
            .withPlatforms(List.of(platform))
            .withUseCache(false)
            .withRemembered(false);
    BuildResult built =
        new Builder(store, (name, wanted, pull) -> image).build(request, BuildProgress.NONE);
    Image result = Image.read(store.blobs(), built.manifest(), platform);
    store.images().remove(result.configDigest().toString(), true, ImageUsers.NONE);
    return result.config().config();
  }
}
