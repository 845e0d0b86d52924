package dev.cooper.builder;

import dev.cooper.builder.context.SourceTree;
import dev.cooper.builder.copy.Copying;
import dev.cooper.builder.copy.Placement;
import dev.cooper.builder.copy.Selection;
import dev.cooper.dockerfile.Stage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import dev.cooper.image.tree.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stages of a build start from, copy from and mount: stages, images, named contexts. */
final class BuildSources {
  private final Build build;
  private final ImageResolver resolver;
  private final NamedContexts named;

  BuildSources(Build build, ImageResolver resolver, NamedContexts named) {
    this.build = build;
    this.resolver = resolver;
    this.named = named;
  }

  /**
   * An image that the Dockerfile names.
   *
   * @param asked whether somebody asked for the platform; if nobody did, an image for another one
   *     will do, with a warning
   * @throws CooperException.NotFound if there is none, or none for the platform
   */
  Image resolve(String name, Platform wanted, boolean asked) throws IOException {
    Image image = resolver.resolve(name, wanted, build.request().pull());
    Platform actual = image.config().platform();
    if (actual.architecture().isEmpty() || wanted.accepts(actual)) {
      return image;
    }
    if (asked) {
      throw new CooperException.NotFound(
          "image with reference "
              + name
              + " was found but does not match the specified platform: wanted "
              + wanted
              + ", actual: "
              + actual);
    }
    build.report(
        new BuildEvent.Warned(
            name
                + ": the image's platform ("
                + actual
                + ") is not this machine's ("
                + wanted
                + ") and no platform was asked for"));
    return image;
  }

  /** What a {@code --from} in a stage means: an earlier stage, or else an image. */
  StageState source(Stage stage, String name) throws IOException, InterruptedException {
    if (named.has(name)) {
      return named(name, build.platform());
    }
    Stage earlier = build.graph().before(stage, name);
    if (earlier != null) {
      return build.result(earlier);
    }
    Image image = resolve(name, build.platform(), !build.request().platforms().isEmpty());
    return new StageState(image.config(), image.layers(), image.configDigest());
  }

  /** Whether a context of this name was given with the build. */
  boolean isNamed(String name) {
    return named.has(name);
  }

  /** Whether a context of this name was given, and it is files rather than an image. */
  boolean isFolder(String name) {
    return named.isFolder(name);
  }

  /** The files of a context that {@link #isFolder}. */
  Build.ContextFiles folder(String name) throws IOException, InterruptedException {
    return named.folder(name);
  }

  /** A context with a name as an image: what is in a folder is its only layer. */
  StageState named(String name, Platform wanted) throws IOException, InterruptedException {
    if (!named.isFolder(name)) {
      Image image = named.image(name, wanted);
      return new StageState(
          image.config(),
          image.layers(),
          Digest.sha256(("image " + image.configDigest()).getBytes(StandardCharsets.UTF_8)));
    }
    StageState.Added layer = layer(named.folder(name));
    StageState empty =
        new StageState(
            ImageConfig.scratch(build.platform()),
            List.of(),
            Digest.sha256("scratch".getBytes(StandardCharsets.UTF_8)));
    if (layer == null) {
      return empty;
    }
    Digest key = empty.keyAfter("files " + layer.diffId());
    return empty.after(key, empty.config(), "", Instant.EPOCH, layer);
  }

  /**
   * All files of a context as a layer, so that what .dockerignore leaves out is not there; null if
   * there are none.
   */
  StageState.@Nullable Added layer(Build.ContextFiles context) throws IOException {
    SourceTree tree = context.tree();
    if (tree.lookup("") == null) {
      return null;
    }
    Selection selection = Selection.of(tree, List.of("/"), null, "RUN --mount");
    Copying copying =
        Copying.of(
            tree, selection, context.index(), "mount of everything", Copying.NO_ARCHIVES, false);
    Placement placement = new Placement("/", 0, 0, false, null, Instant.EPOCH, null);
    return build.keep(copying.write(FileTree.of(List.of()), placement, build.store().blobs()));
  }
}
