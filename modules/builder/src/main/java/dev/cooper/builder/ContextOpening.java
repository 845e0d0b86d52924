package dev.cooper.builder;

import dev.cooper.builder.context.FilteredTree;
import dev.cooper.builder.context.FolderTree;
import dev.cooper.builder.context.ImageSource;
import dev.cooper.builder.context.NoFiles;
import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourcePaths;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.builder.copy.ContentIndex;
import dev.cooper.builder.copy.ContextArchive;
import dev.cooper.builder.remote.Download;
import dev.cooper.builder.remote.GitCheckout;
import dev.cooper.builder.remote.GitReference;
import dev.cooper.dockerfile.IgnoreFile;
import dev.cooper.image.CooperException;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A build's context, opened, and the Dockerfile's text.
 *
 * @param dockerfileName what messages call it
 * @param ignored the paths that the context leaves out
 * @param held what has to be closed when the build is over; null for nothing
 */
record ContextOpening(
    String dockerfileName,
    String dockerfile,
    IgnoreFile ignored,
    Build.ContextFiles files,
    @Nullable ImageTree held)
    implements Closeable {

  /**
   * Opens what a request names.
   *
   * @throws CooperException.NotFound if there is no such context, or no Dockerfile
   */
  static ContextOpening of(Store store, Lease lease, BuildRequest request)
      throws IOException, InterruptedException {
    return switch (request.context()) {
      case BuildContext.Folder folder -> ofFolder(store, folder.path(), request);
      case BuildContext.Remote remote -> ofRemote(store, lease, remote.address(), request);
      case BuildContext.Named _, BuildContext.Layout _ ->
          throw new CooperException.InvalidInput(
              "an image cannot be the context of a build, only a named one");
      case BuildContext.Archive archive -> ofArchive(store, archive, request.dockerfile());
      case BuildContext.Empty _ -> of(new NoFiles(), ContentIndex.NONE, request.dockerfile(), null);
    };
  }

  private static ContextOpening ofFolder(Store store, Path path, BuildRequest request)
      throws IOException {
    if (!Files.isDirectory(path)) {
      throw new CooperException.NotFound(
          Files.exists(path)
              ? "context must be a directory: " + path
              : "unable to prepare context: path \"" + path + "\" not found");
    }
    Path root = path.toRealPath();
    ContentIndex index =
        request.remembered()
            ? ContentIndex.in(store.cacheDirectory().resolve("contexts"), root.toString())
            : ContentIndex.NONE;
    return of(new FolderTree(root), index, request.dockerfile(), null);
  }

  private static ContextOpening ofRemote(
      Store store, Lease lease, String address, BuildRequest request)
      throws IOException, InterruptedException {
    Path place = lease.newDirectory();
    Optional<GitReference> repository = GitReference.parse(address, true);
    if (repository.isPresent()) {
      boolean keeps = "1".equals(request.arguments().get("BUILDKIT_CONTEXT_KEEP_GIT_DIR"));
      GitCheckout checkout = GitCheckout.of(repository.get(), place, keeps);
      return of(new FolderTree(checkout.tree()), ContentIndex.NONE, request.dockerfile(), null);
    }
    Path file = Download.of(address, place.resolve("context"), null).file();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      if (ContextArchive.isArchive(in)) {
        return ofArchive(store, new BuildContext.Archive(in), request.dockerfile());
      }
    }
    // As Docker has it: what is no archive is the Dockerfile itself.
    String text = Files.readString(file);
    return of(
        new NoFiles(), ContentIndex.NONE, new DockerfileSource.Text("Dockerfile", text), null);
  }

  private static ContextOpening ofArchive(
      Store store, BuildContext.Archive archive, DockerfileSource source) throws IOException {
    ImageTree tree;
    try {
      tree = ContextArchive.open(archive.bytes(), store.blobs());
    } catch (CooperException.Corrupt e) {
      throw new CooperException.InvalidInput(
          "the context is no tar archive that can be read: " + e.getMessage());
    }
    try {
      return of(new ImageSource(tree, "the context"), ContentIndex.NONE, source, tree);
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private static ContextOpening of(
      SourceTree tree, ContentIndex index, DockerfileSource source, @Nullable ImageTree held)
      throws IOException {
    String text = text(tree, source);
    IgnoreFile ignored = ignoreFile(tree, source);
    SourceTree seen = FilteredTree.of(tree, ignored);
    return new ContextOpening(
        name(source),
        text,
        ignored == null ? IgnoreFile.EMPTY : ignored,
        new Build.ContextFiles(seen, index),
        held);
  }

  private static String name(DockerfileSource source) {
    return switch (source) {
      case DockerfileSource.InContext inContext -> inContext.path();
      case DockerfileSource.File file -> file.path().toString();
      case DockerfileSource.Text given -> given.name();
    };
  }

  private static String text(SourceTree tree, DockerfileSource source) throws IOException {
    return switch (source) {
      case DockerfileSource.Text given -> given.text();
      case DockerfileSource.File file -> {
        try {
          yield new String(Files.readAllBytes(file.path()), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
          throw noDockerfile(file.path().toString());
        } catch (IOException e) {
          if (Files.isDirectory(file.path())) {
            throw new CooperException.InvalidInput(
                "failed to read dockerfile: " + file.path() + " is a directory", null, e);
          }
          throw e;
        }
      }
      case DockerfileSource.InContext inContext -> {
        String text = read(tree, inContext.path());
        if (text == null) {
          throw noDockerfile(inContext.path());
        }
        yield text;
      }
    };
  }

  private static CooperException noDockerfile(String name) {
    return new CooperException.NotFound(
        "failed to read dockerfile: open " + name + ": no such file or directory",
        "write " + name + " in the context, or name another file with -f");
  }

  /** {@code NAME.dockerignore} beside the Dockerfile, or else {@code .dockerignore}. */
  private static @Nullable IgnoreFile ignoreFile(SourceTree tree, DockerfileSource source)
      throws IOException {
    String own =
        switch (source) {
          case DockerfileSource.InContext inContext ->
              read(tree, inContext.path() + ".dockerignore");
          case DockerfileSource.File file -> {
            Path beside = Path.of(file.path() + ".dockerignore");
            yield Files.exists(beside) ? Files.readString(beside) : null;
          }
          case DockerfileSource.Text _ -> null;
        };
    String text = own != null ? own : read(tree, ".dockerignore");
    return text == null ? null : IgnoreFile.parse(text);
  }

  private static @Nullable String read(SourceTree tree, String path) throws IOException {
    SourceFile file = SourcePaths.resolve(tree, path);
    if (file == null || !file.isRegular()) {
      return null;
    }
    try (InputStream in = tree.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    if (held != null) {
      held.close();
    }
  }
}
