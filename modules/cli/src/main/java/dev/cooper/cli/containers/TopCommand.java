package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.TextTable;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper top}. */
@Usage(
    name = "top",
    synopsis = "cooper top CONTAINER [ps OPTIONS]",
    description = "Display the running processes of a container")
public final class TopCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public boolean stopsAtFirstOperand() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      List<String> lines =
          cooper.containers().processes(operands.getFirst(), operands.subList(1, operands.size()));
      int columns = lines.getFirst().strip().split("\\s+").length;
      TextTable table = new TextTable();
      for (String line : lines) {
        // The last column is the command, blanks and all.
        table.row(line.strip().split("\\s+", columns));
      }
      table.print(invocation.console().out());
    }
    return 0;
  }
}
