package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.format.Age;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.Moment;
import dev.cooper.engine.Container;
import dev.cooper.engine.ContainerState;
import dev.cooper.engine.Containers;
import dev.cooper.engine.MountPoint;
import dev.cooper.engine.PortBinding;
import dev.cooper.image.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A line of {@code ps}. */
final class ContainerRow {
  private static final int COMMAND_WIDTH = 20;
  private static final int MOUNT_WIDTH = 15;

  private final Cooper cooper;
  private final boolean whole;
  private final boolean size;
  // Only a template can ask for dates, and time zones take their time to load.
  private final boolean dates;
  private final Instant now;

  ContainerRow(Cooper cooper, boolean whole, boolean size, boolean dates, Instant now) {
    this.cooper = cooper;
    this.whole = whole;
    this.size = size;
    this.dates = dates;
    this.now = now;
  }

  static Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ID", "CONTAINER ID");
    headers.put("Image", "IMAGE");
    headers.put("Command", "COMMAND");
    headers.put("CreatedAt", "CREATED AT");
    headers.put("RunningFor", "CREATED");
    headers.put("Status", "STATUS");
    headers.put("State", "STATE");
    headers.put("Ports", "PORTS");
    headers.put("Names", "NAMES");
    headers.put("Size", "SIZE");
    headers.put("Labels", "LABELS");
    headers.put("Label", "LABELS");
    headers.put("Mounts", "MOUNTS");
    headers.put("LocalVolumes", "LOCAL VOLUMES");
    headers.put("Networks", "NETWORKS");
    return headers;
  }

  Map<String, Object> of(Containers.Status status) throws IOException {
    Container container = status.container();
    ContainerState state = status.state();
    Instant created = Rfc3339.parse(container.created());
    String command = command(container);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Command", "\"" + (whole ? command : shortened(command, COMMAND_WIDTH)) + "\"");
    if (dates) {
      row.put("CreatedAt", Moment.full(created));
    }
    row.put("ID", whole ? container.id() : container.shortId());
    row.put("Image", container.imageName());
    row.put("Labels", labels(container));
    row.put("LocalVolumes", Integer.toString(volumes(container)));
    row.put("Mounts", mounts(container));
    row.put("Names", container.name());
    row.put("Networks", container.network().mode());
    row.put("Ports", ports(container, state));
    row.put("RunningFor", Age.ago(created, now));
    row.put("Size", size ? sizes(container) : "");
    row.put("State", state.status());
    row.put("Status", describe(state));
    return row;
  }

  /** The words, those with blanks in quotes, as Docker shows them. */
  private static String command(Container container) {
    StringBuilder command = new StringBuilder();
    for (String word : container.words()) {
      if (command.isEmpty()) {
        command.append(word);
      } else if (word.indexOf(' ') >= 0) {
        command.append(" '").append(word).append('\'');
      } else {
        command.append(' ').append(word);
      }
    }
    return command.toString();
  }

  private String sizes(Container container) throws IOException {
    Containers.Sizes sizes = cooper.containers().sizes(container.id());
    return HumanSize.of(sizes.changes())
        + " (virtual "
        + HumanSize.of(sizes.changes() + sizes.image())
        + ")";
  }

  private static String labels(Container container) {
    List<String> labels = new ArrayList<>();
    container.labels().forEach((name, value) -> labels.add(name + "=" + value));
    return String.join(",", labels);
  }

  private static int volumes(Container container) {
    int count = 0;
    for (MountPoint mount : container.mounts()) {
      count += mount.name().isEmpty() ? 0 : 1;
    }
    return count;
  }

  private String mounts(Container container) {
    List<String> mounts = new ArrayList<>();
    for (MountPoint mount : container.mounts()) {
      String name = mount.name().isEmpty() ? mount.source() : mount.name();
      mounts.add(whole ? name : shortened(name, MOUNT_WIDTH));
    }
    return String.join(",", mounts);
  }

  /** {@code 0.0.0.0:8080->80/tcp, 443/tcp}: published ports, then those only exposed. */
  private static String ports(Container container, ContainerState state) {
    if (!state.running()) {
      return "";
    }
    List<String> shown = new ArrayList<>();
    TreeSet<String> exposed = new TreeSet<>(container.exposed());
    for (PortBinding port : state.ports()) {
      exposed.remove(port.exposed());
      shown.add(
          (port.hostAddress().isEmpty() ? "0.0.0.0" : port.hostAddress())
              + ":"
              + port.hostPort()
              + "->"
              + port.exposed());
    }
    shown.addAll(exposed);
    return String.join(", ", shown);
  }

  private String describe(ContainerState state) {
    return switch (state.status()) {
      case ContainerState.RUNNING -> "Up " + since(state.started());
      case ContainerState.PAUSED -> "Up " + since(state.started()) + " (Paused)";
      case ContainerState.EXITED ->
          "Exited (" + state.exitCode() + ") " + since(state.finished()) + " ago";
      default -> "Created";
    };
  }

  private String since(String time) {
    return Age.of(java.time.Duration.between(Rfc3339.parse(time), now));
  }

  private static String shortened(String text, int width) {
    return text.codePointCount(0, text.length()) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }
}
