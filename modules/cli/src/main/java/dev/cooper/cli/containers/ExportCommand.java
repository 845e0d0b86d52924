package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.OutputFile;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper export}: a container's file system, or (without root) an image's. */
@Usage(
    name = "export",
    synopsis = "cooper export [OPTIONS] CONTAINER|IMAGE",
    description = "Export a container's or an image's filesystem as a tar archive")
public final class ExportCommand implements Command {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "string",
      description = "Write to a file, instead of STDOUT")
  @Nullable String output;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    String name = operands.getFirst();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      OutputFile.write(output, invocation.console(), out -> write(cooper, name, out));
    }
    return 0;
  }

  private static void write(Cooper cooper, String name, OutputStream out) throws IOException {
    if (cooper.containers().find(name).isPresent()) {
      cooper.containers().export(name, out);
    } else if (cooper.images().find(name).isPresent()) {
      cooper.images().export(name, out);
    } else {
      throw new CooperException.NotFound("No such container: " + name);
    }
  }
}
