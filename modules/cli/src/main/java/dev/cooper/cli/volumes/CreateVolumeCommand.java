package dev.cooper.cli.volumes;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Volumes;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code cooper volume create}. */
@Usage(
    name = "volume create",
    synopsis = "cooper volume create [OPTIONS] [VOLUME]",
    description = "Create a volume")
public final class CreateVolumeCommand implements Command {
  @Option(
      names = {"-d", "--driver"},
      paramLabel = "string",
      description = "Specify volume driver name (only local)")
  String driver = "local";

  @Option(names = "--label", paramLabel = "list", description = "Set metadata for a volume")
  List<String> labels = new ArrayList<>();

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atMost(1, operands);
    if (!driver.equals("local")) {
      throw new CooperException.NotFound(
          "error looking up volume plugin " + driver + ": not found");
    }
    Map<String, String> named = new LinkedHashMap<>();
    for (String label : labels) {
      int equals = label.indexOf('=');
      named.put(
          equals < 0 ? label : label.substring(0, equals),
          equals < 0 ? "" : label.substring(equals + 1));
    }
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Volumes volumes = cooper.containers().volumes();
      String name = operands.isEmpty() ? Volumes.newName() : operands.getFirst();
      invocation.console().out().println(volumes.create(name, operands.isEmpty(), named).name());
    }
    return 0;
  }
}
