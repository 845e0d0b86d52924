package dev.cooper.cli.build;

import dev.cooper.builder.BuildContext;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.DockerfileSource;
import dev.cooper.builder.copy.ContextArchive;
import dev.cooper.cli.UsageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code cooper build -}: standard input is a context in a tar archive, or a Dockerfile. */
final class StandardInputContext {
  private StandardInputContext() {}

  static BuildRequest request(InputStream input, @Nullable String file) throws IOException {
    if ("-".equals(file)) {
      throw new UsageException(
          "invalid argument: can't use stdin for both build context and dockerfile",
          "cooper build --help");
    }
    BufferedInputStream in = new BufferedInputStream(input, 1 << 16);
    if (ContextArchive.isArchive(in)) {
      return BuildRequest.of(new BuildContext.Archive(in))
          .withDockerfile(new DockerfileSource.InContext(file == null ? "Dockerfile" : file));
    }
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    return BuildRequest.of(new BuildContext.Empty())
        .withDockerfile(new DockerfileSource.Text("Dockerfile", text));
  }
}
