package dev.cooper.builder;

import dev.cooper.builder.context.SourceTree;
import dev.cooper.builder.copy.ContentIndex;
import dev.cooper.builder.copy.Copying;
import dev.cooper.builder.copy.Selection;
import dev.cooper.builder.run.RunMounts;
import dev.cooper.dockerfile.Mount;
import dev.cooper.dockerfile.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the mounts of a stage's RUNs get their content from. */
final class MountSources implements RunMounts.Sources {
  private final Build build;
  private final Stage stage;

  MountSources(Build build, Stage stage) {
    this.build = build;
    this.stage = stage;
  }

  /**
   * What of the mounts decides about a RUN's result: where and what is mounted, and the content of
   * what is bound. The content of caches, secrets and agents does not count.
   */
  String key(List<Mount> mounts) throws IOException, InterruptedException {
    StringBuilder key = new StringBuilder();
    for (Mount mount : mounts) {
      key.append('\n').append(mount);
      if (mount.type() == Mount.Type.BIND) {
        key.append(' ').append(content(mount));
      }
    }
    return key.toString();
  }

  private String content(Mount mount) throws IOException, InterruptedException {
    String from = mount.from();
    if (from != null && !build.sources().isFolder(from)) {
      return build.sources().source(stage, from).diffIds().toString();
    }
    Build.ContextFiles files = from == null ? build.files() : build.sources().folder(from);
    SourceTree tree = files.tree();
    String source = mount.source() == null ? "/" : mount.source();
    Selection selection = Selection.of(tree, List.of(absolute(source)), null, "RUN --mount");
    ContentIndex index = files.index();
    return Copying.of(tree, selection, index, "mount " + source, Copying.NO_ARCHIVES, false)
        .key()
        .toString();
  }

  private static String absolute(String source) {
    return source.startsWith("/") ? source : "/" + source;
  }

  @Override
  public List<Path> directories(@Nullable String from) throws IOException, InterruptedException {
    if (from == null) {
      StageState.Added layer = build.sources().layer(build.files());
      return layer == null
          ? List.of()
          : build.store().layers().unpack(List.of(layer.blob()), List.of(layer.diffId()));
    }
    StageState state = build.sources().source(stage, from);
    return build.store().layers().unpack(state.layers(), state.diffIds());
  }

  @Override
  public Optional<byte[]> secret(String id) throws IOException {
    BuildRequest.Secret secret = build.request().secrets().get(id);
    return switch (secret) {
      case null -> Optional.empty();
      case BuildRequest.Secret.File file -> Optional.of(Files.readAllBytes(file.path()));
      case BuildRequest.Secret.Text text -> Optional.of(text.bytes());
    };
  }

  @Override
  public Optional<Path> agent(String id) {
    return Optional.ofNullable(build.request().agents().get(id));
  }
}
