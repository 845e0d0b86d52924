package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.OutputFile;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper save}. */
@Usage(
    name = "save",
    synopsis = "cooper save [OPTIONS] IMAGE [IMAGE...]",
    description = "Save one or more images to a tar archive (streamed to STDOUT by default)")
public final class SaveCommand implements Command {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "string",
      description = "Write to a file, instead of STDOUT")
  @Nullable String output;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      OutputFile.write(output, invocation.console(), out -> cooper.archives().save(operands, out));
    }
    return 0;
  }
}
