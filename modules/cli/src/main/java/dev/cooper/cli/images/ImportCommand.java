package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.api.TarImport;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code cooper import}. */
@Usage(
    name = "import",
    synopsis = "cooper import [OPTIONS] file|- [REPOSITORY[:TAG]]",
    description = "Import the contents from a tarball to create a filesystem image")
public final class ImportCommand implements Command {
  @Option(
      names = {"-c", "--change"},
      paramLabel = "list",
      description = "Apply Dockerfile instruction to the created image")
  List<String> changes = new ArrayList<>();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "string",
      description = "Set commit message for imported image")
  @Nullable String message;

  @Option(
      names = "--platform",
      paramLabel = "string",
      description = "What the programs in it run on (default this machine)")
  @Nullable String platform;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    Operands.atMost(2, operands);
    String source = operands.getFirst();
    Optional<Reference> name =
        operands.size() == 1 ? Optional.empty() : Optional.of(Reference.parse(operands.get(1)));
    if (source.startsWith("http://") || source.startsWith("https://")) {
      throw new UsageException(
          "cooper import reads files and standard input: curl -fsSL "
              + source
              + " | cooper import -",
          "cooper import --help");
    }
    TarImport image =
        new TarImport(
            message == null ? "Imported from " + source : message,
            platform == null ? Platform.host() : Platform.parse(platform),
            changes,
            name);
    try (InputStream tar = open(source, invocation);
        Cooper cooper = Cooper.open(invocation.root())) {
      invocation.console().out().println(cooper.importTar(tar, image).id());
    } catch (CooperException.Corrupt e) {
      throw new CooperException.Corrupt(source + ": " + e.getMessage(), null, e);
    }
    return 0;
  }

  private static InputStream open(String source, Invocation invocation) throws IOException {
    if (source.equals("-")) {
      return invocation.console().in();
    }
    try {
      return Files.newInputStream(Path.of(source));
    } catch (NoSuchFileException e) {
      throw new CooperException.NotFound("open " + source + ": no such file or directory", null, e);
    }
  }
}
