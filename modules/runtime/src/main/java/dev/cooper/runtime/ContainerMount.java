package dev.cooper.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something mounted in a container.
 *
 * @param target where, absolute, inside the container
 * @param type the file system's type; {@code bind} for a path of the host
 * @param source what; for {@code bind} an absolute path of the host that exists
 * @param options as mount(8) names them
 */
public record ContainerMount(String target, String type, String source, List<String> options) {
  public ContainerMount {
    options = List.copyOf(options);
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("mount target " + target + " is not absolute");
    }
  }

  /** The host's {@code source}, with what is mounted below it. */
  public static ContainerMount bind(Path source, String target, boolean readOnly) {
    return new ContainerMount(
        target, "bind", source.toString(), List.of("rbind", "rprivate", readOnly ? "ro" : "rw"));
  }

  /**
   * An empty file system in memory.
   *
   * @param options such as {@code size=64m} or {@code mode=1777}, after Docker's own {@code
   *     nosuid}, {@code nodev}, {@code noexec}, which the opposite option takes back
   */
  public static ContainerMount tmpfs(String target, List<String> options) {
    List<String> all = new ArrayList<>(List.of("noexec", "nosuid", "nodev"));
    for (String option : options) {
      all.remove("no" + option);
      if (!all.contains(option)) {
        all.add(option);
      }
    }
    return new ContainerMount(target, "tmpfs", "tmpfs", all);
  }
}
