package dev.cooper.cli.volumes;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.Listing;
import dev.cooper.engine.Volume;
import dev.cooper.engine.VolumeUse;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cooper volume ls}. */
@Usage(name = "volume ls", synopsis = "cooper volume ls [OPTIONS]", description = "List volumes")
public final class VolumesCommand implements Command {
  @Option(
      names = {"-f", "--filter"},
      paramLabel = "filter",
      description = "Provide filter values (e.g. 'dangling=true', 'name=x', 'label=a=b')")
  List<String> filters = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "string",
      description = "Format output using a Go template, or 'json'")
  @Nullable String format;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only display volume names")
  boolean quiet;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.none(operands);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Driver", "DRIVER");
    headers.put("Name", "VOLUME NAME");
    headers.put("Labels", "LABELS");
    headers.put("Mountpoint", "MOUNTPOINT");
    headers.put("Scope", "SCOPE");
    Listing listing = new Listing(headers);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      for (Volume volume : cooper.containers().volumes().list()) {
        if (accepts(volume, cooper.containers().volumeUse())) {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("Driver", "local");
          row.put("Name", volume.name());
          row.put("Labels", labels(volume));
          row.put("Mountpoint", cooper.containers().volumes().data(volume.name()).toString());
          row.put("Scope", "local");
          listing.row(row);
        }
      }
    }
    listing.print(
        quiet && format == null ? "{{.Name}}" : format,
        List.of("Driver", "Name"),
        invocation.console().out());
    return 0;
  }

  private static String labels(Volume volume) {
    List<String> labels = new ArrayList<>();
    volume.labels().forEach((name, value) -> labels.add(name + "=" + value));
    return String.join(",", labels);
  }

  private boolean accepts(Volume volume, VolumeUse use) throws IOException {
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      String name = equals < 0 ? filter : filter.substring(0, equals);
      String value = equals < 0 ? "" : filter.substring(equals + 1);
      boolean accepted =
          switch (name) {
            case "name" -> volume.name().contains(value);
            case "driver" -> value.equals("local");
            case "dangling" -> isTrue(value) == use.users(volume.name()).isEmpty();
            case "label" -> hasLabel(volume, value);
            default -> throw new CooperException.InvalidInput("invalid filter '" + name + "'");
          };
      if (!accepted) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTrue(String value) {
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new CooperException.InvalidInput("invalid filter 'dangling=" + value + "'");
    };
  }

  private static boolean hasLabel(Volume volume, String label) {
    int equals = label.indexOf('=');
    return equals < 0
        ? volume.labels().containsKey(label)
        : label.substring(equals + 1).equals(volume.labels().get(label.substring(0, equals)));
  }
}
