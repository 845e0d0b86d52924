package dev.cooper.builder;

import dev.cooper.builder.context.FolderTree;
import dev.cooper.builder.context.NoFiles;
import dev.cooper.builder.copy.ContentIndex;
import dev.cooper.builder.run.BuildNetwork;
import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.IgnoreFile;
import dev.cooper.dockerfile.ParseOptions;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Reference;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

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
    Context context = open(request);
    Dockerfile dockerfile =
        Dockerfile.parse(context.dockerfile(), new ParseOptions(context.dockerfileName()));
    try (Interruption _ = Interruption.ofThisThread();
        Lease lease = store.lease();
        BuildNetwork network = new BuildNetwork(store, newId(), lease)) {
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

  /** The context opened, and the Dockerfile's text. */
  private record Context(String dockerfileName, String dockerfile, Build.ContextFiles files) {}

  private Context open(BuildRequest request) throws IOException {
    return switch (request.context()) {
      case BuildContext.Folder folder -> openFolder(folder.path(), request.dockerfile());
      case BuildContext.Empty empty ->
          new Context(
              name(request.dockerfile()),
              text(request.dockerfile(), null),
              new Build.ContextFiles(new NoFiles(), ContentIndex.NONE));
    };
  }

  private Context openFolder(Path path, DockerfileSource source) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new CooperException.NotFound(
          Files.exists(path)
              ? "context must be a directory: " + path
              : "unable to prepare context: path \"" + path + "\" not found");
    }
    Path root = path.toRealPath();
    String text = text(source, root);
    ContentIndex index =
        ContentIndex.in(store.cacheDirectory().resolve("contexts"), root.toString());
    FolderTree tree = new FolderTree(root, ignoreFile(root, source));
    return new Context(name(source), text, new Build.ContextFiles(tree, index));
  }

  private static String name(DockerfileSource source) {
    return switch (source) {
      case DockerfileSource.InContext inContext -> inContext.path();
      case DockerfileSource.File file -> file.path().toString();
      case DockerfileSource.Text given -> given.name();
    };
  }

  private static String text(DockerfileSource source, @Nullable Path root) throws IOException {
    return switch (source) {
      case DockerfileSource.Text given -> given.text();
      case DockerfileSource.File file -> read(file.path(), file.path().toString());
      case DockerfileSource.InContext inContext -> {
        if (root == null) {
          throw new CooperException.NotFound("no context to find " + inContext.path() + " in");
        }
        yield read(root.resolve(inContext.path()), inContext.path());
      }
    };
  }

  private static String read(Path file, String name) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new CooperException.NotFound(
          "unable to evaluate symlinks in Dockerfile path: lstat "
              + file
              + ": no such file or directory",
          "write " + name + ", or name another file with -f",
          e);
    }
  }

  /** {@code NAME.dockerignore} beside the Dockerfile, or else {@code .dockerignore}. */
  private static @Nullable IgnoreFile ignoreFile(Path root, DockerfileSource source)
      throws IOException {
    Path own =
        switch (source) {
          case DockerfileSource.InContext inContext ->
              root.resolve(inContext.path() + ".dockerignore");
          case DockerfileSource.File file -> Path.of(file.path() + ".dockerignore");
          case DockerfileSource.Text given -> null;
        };
    for (Path file : own == null ? new Path[1] : new Path[] {own, null}) {
      Path candidate = file == null ? root.resolve(".dockerignore") : file;
      try {
        return IgnoreFile.parse(Files.readString(candidate, StandardCharsets.UTF_8));
      } catch (NoSuchFileException e) {
        // The next one, or none.
      }
    }
    return null;
  }
}
