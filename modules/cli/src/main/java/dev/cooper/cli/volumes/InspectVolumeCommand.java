package dev.cooper.cli.volumes;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.JsonText;
import dev.cooper.cli.format.Template;
import dev.cooper.engine.Volume;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code cooper volume inspect}. */
@Usage(
    name = "volume inspect",
    synopsis = "cooper volume inspect [OPTIONS] VOLUME [VOLUME...]",
    description = "Display detailed information on one or more volumes")
public final class InspectVolumeCommand implements Command {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "string",
      description = "Format output using a Go template")
  @Nullable String format;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    List<Object> found = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      for (String name : operands) {
        Optional<Volume> volume = cooper.containers().volumes().find(name);
        if (volume.isEmpty()) {
          absent.add(name);
        } else {
          found.add(document(volume.get(), cooper.containers().volumes().data(name).toString()));
        }
      }
    }
    if (format == null || format.equals("json")) {
      invocation.console().out().println(JsonText.indented(found));
    } else {
      Template template = Template.parse(format);
      for (Object each : found) {
        invocation.console().out().println(template.render(each));
      }
    }
    invocation.console().out().flush();
    for (String name : absent) {
      invocation.console().error().println("Error: No such volume: " + name);
    }
    return absent.isEmpty() ? 0 : 1;
  }

  private static Map<String, Object> document(Volume volume, String folder) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("CreatedAt", volume.created());
    document.put("Driver", "local");
    document.put("Labels", volume.labels());
    document.put("Mountpoint", folder);
    document.put("Name", volume.name());
    document.put("Options", Map.of());
    document.put("Scope", "local");
    return document;
  }
}
