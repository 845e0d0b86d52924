package dev.cooper.cli.images;

import dev.cooper.api.Archives;
import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;
import dev.cooper.linux.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cooper load}. */
@Usage(
    name = "load",
    synopsis = "cooper load [OPTIONS]",
    description = "Load an image from a tar archive or STDIN")
public final class LoadCommand implements Command {
  @Option(
      names = {"-i", "--input"},
      paramLabel = "string",
      description = "Read from tar archive file, instead of STDIN")
  @Nullable String input;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress the load output")
  boolean quiet;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    try (InputStream archive = open(invocation);
        Cooper cooper = Cooper.open(invocation.root())) {
      for (Archives.Loaded image : cooper.archives().load(archive)) {
        tell(image, invocation.console().out());
      }
    }
    return 0;
  }

  private InputStream open(Invocation invocation) throws IOException {
    if (input == null) {
      if (Terminal.is(Terminal.INPUT)) {
        throw new CooperException.InvalidInput(
            "requested load from stdin, but stdin is empty",
            "redirect an archive into it, or name one with -i");
      }
      return invocation.console().in();
    }
    try {
      return Files.newInputStream(Path.of(input));
    } catch (NoSuchFileException e) {
      throw new CooperException.NotFound("open " + input + ": no such file or directory", null, e);
    }
  }

  private static void tell(Archives.Loaded image, PrintStream out) {
    for (Map.Entry<Reference, ?> renamed : image.renamed().entrySet()) {
      out.println(
          "The image "
              + renamed.getKey().familiar()
              + " already exists, renaming the old one with ID "
              + renamed.getValue()
              + " to empty string");
    }
    for (Reference name : image.names()) {
      out.println("Loaded image: " + name.familiar());
    }
    if (image.names().isEmpty()) {
      out.println("Loaded image ID: " + image.id());
    }
  }
}
