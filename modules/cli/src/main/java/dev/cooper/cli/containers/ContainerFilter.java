package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.FilterWord;
import dev.cooper.engine.Container;
import dev.cooper.engine.Containers;
import dev.cooper.engine.MountPoint;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code ps --filter}: values of one name are alternatives, different names are all required. */
final class ContainerFilter {
  private static final List<String> STATUSES =
      List.of("created", "restarting", "running", "removing", "paused", "exited", "dead");

  private final Cooper cooper;
  private final Map<String, List<String>> wanted;

  private ContainerFilter(Cooper cooper, Map<String, List<String>> wanted) {
    this.cooper = cooper;
    this.wanted = wanted;
  }

  static ContainerFilter parse(List<String> filters, Cooper cooper) {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (String filter : filters) {
      FilterWord word = FilterWord.parse(filter, "-f, --filter");
      String name = word.name();
      String value = word.value();
      switch (name) {
        case "id",
            "name",
            "label",
            "status",
            "ancestor",
            "exited",
            "before",
            "since",
            "volume",
            "network",
            "publish",
            "expose" -> {
          if (name.equals("status") && !STATUSES.contains(value)) {
            throw new CooperException.InvalidInput("Invalid filter 'status=" + value + "'");
          }
        }
        default -> throw new CooperException.InvalidInput("Invalid filter '" + name + "'");
      }
      wanted.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }
    return new ContainerFilter(cooper, wanted);
  }

  /** Whether stopped containers are meant too. */
  boolean namesStatus() {
    return wanted.containsKey("status") || wanted.containsKey("exited");
  }

  boolean accepts(Containers.Status status) throws IOException {
    for (Map.Entry<String, List<String>> each : wanted.entrySet()) {
      boolean all = each.getKey().equals("label");
      boolean any = false;
      for (String value : each.getValue()) {
        boolean matches = matches(status, each.getKey(), value);
        any |= matches;
        if (all && !matches) {
          return false;
        }
      }
      if (!any) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(Containers.Status status, String name, String value) throws IOException {
    Container container = status.container();
    return switch (name) {
      case "id" -> container.id().startsWith(value);
      case "name" -> matchesName(container.name(), value);
      case "label" -> {
        int equals = value.indexOf('=');
        String present = container.labels().get(equals < 0 ? value : value.substring(0, equals));
        yield present != null && (equals < 0 || present.equals(value.substring(equals + 1)));
      }
      case "status" -> status.state().status().equals(value);
      case "exited" ->
          status.state().status().equals("exited")
              && Integer.toString(status.state().exitCode()).equals(value);
      case "ancestor" ->
          container.imageName().equals(value)
              || cooper
                  .images()
                  .find(value)
                  .map(image -> image.id().toString().equals(container.imageId()))
                  .orElse(false);
      case "before" ->
          container.created().compareTo(cooper.containers().require(value).container().created())
              < 0;
      case "since" ->
          container.created().compareTo(cooper.containers().require(value).container().created())
              > 0;
      case "volume" -> {
        boolean found = false;
        for (MountPoint mount : container.mounts()) {
          found |= mount.name().equals(value) || mount.target().equals(value);
        }
        yield found;
      }
      case "network" -> container.network().mode().equals(value);
      case "publish", "expose" -> {
        String port = value.indexOf('/') < 0 ? value + "/tcp" : value;
        boolean found = name.equals("expose") && container.exposed().contains(port);
        for (var binding : container.network().ports()) {
          found |= binding.exposed().equals(port);
        }
        yield found;
      }
      default -> false;
    };
  }

  private static boolean matchesName(String name, String pattern) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      return compiled.matcher(name).find() || compiled.matcher("/" + name).find();
    } catch (PatternSyntaxException e) {
      throw new CooperException.InvalidInput("Invalid filter 'name=" + pattern + "'", null, e);
    }
  }
}
