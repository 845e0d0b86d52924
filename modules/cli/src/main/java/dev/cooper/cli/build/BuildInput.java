package dev.cooper.cli.build;

import dev.cooper.builder.BuildContext;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.DockerfileSource;
import dev.cooper.cli.Console;
import dev.cooper.image.CooperException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a build is of: the operand of {@code cooper build} and {@code -f}. */
final class BuildInput implements Closeable {
  private final String context;
  private final @Nullable String file;

  /** A context in a file, while it is open. */
  private @Nullable InputStream archive;

  /**
   * @param context a folder, an archive, an address, or {@code -} for standard input
   * @param file the Dockerfile; {@code -} for standard input, null for the usual
   */
  BuildInput(String context, @Nullable String file) {
    this.context = context;
    this.file = file;
  }

  /**
   * The request to build that, with nothing else said.
   *
   * @throws CooperException.NotFound if there is no such context
   */
  BuildRequest request(Console console) throws IOException {
    if (context.equals("-")) {
      return StandardInputContext.request(console.in(), file);
    }
    Optional<BuildContext> remote = ContextOption.remote(context);
    if (remote.isPresent()) {
      return BuildRequest.of(remote.get())
          .withDockerfile("-".equals(file) ? dockerfile(console) : inContext());
    }
    if (context.isEmpty()) {
      throw new CooperException.NotFound("unable to prepare context: path \"\" not found");
    }
    Path path = Path.of(context);
    if (Files.isRegularFile(path)) {
      InputStream in = Files.newInputStream(path);
      archive = in;
      return BuildRequest.of(new BuildContext.Archive(in)).withDockerfile(inContext());
    }
    return BuildRequest.of(new BuildContext.Folder(path)).withDockerfile(dockerfile(console));
  }

  private DockerfileSource inContext() {
    return new DockerfileSource.InContext(file == null ? "Dockerfile" : file);
  }

  private DockerfileSource dockerfile(Console console) throws IOException {
    if (file == null) {
      return DockerfileSource.DEFAULT;
    }
    if (file.equals("-")) {
      String text = new String(console.in().readAllBytes(), StandardCharsets.UTF_8);
      return new DockerfileSource.Text("Dockerfile", text);
    }
    Path given = Path.of(file);
    Path inContext = Path.of(context).resolve(file);
    // As Docker's client: a path of this machine, or else one of the context.
    return new DockerfileSource.File(
        Files.exists(given) || !Files.exists(inContext) ? given : inContext);
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
    }
  }
}
