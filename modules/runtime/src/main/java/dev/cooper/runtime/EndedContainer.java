package dev.cooper.runtime;

import dev.cooper.linux.Processes;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code runc delete} does for a container whose first process has ended, without starting
 * runc: its empty cgroups are removed, then what runc noted of it. Saves some 10 ms a container.
 */
final class EndedContainer {
  private static final String STATE = "state.json";

  private EndedContainer() {}

  /**
   * Forgets the container whose state is in {@code state}.
   *
   * @return false if there is more to do than this, so that the runtime must be asked; what was
   *     removed by then does not disturb it
   */
  static boolean forget(Path state) throws IOException {
    Map<String, Object> noted;
    try {
      noted = JsonIn.object(Files.readString(state.resolve(STATE)));
    } catch (NoSuchFileException e) {
      return false;
    }
    Map<String, Object> groups = JsonIn.member(noted, "cgroup_paths");
    int pid = (int) JsonIn.number(noted, "init_process_pid", 0);
    OptionalLong start = Processes.startTime(pid);
    boolean same =
        start.isPresent()
            && start.getAsLong() == JsonIn.number(noted, "init_process_start", -1)
            && Processes.isAlive(pid);
    if (pid <= 0 || same || groups.isEmpty() || !JsonIn.text(noted, "intel_rdt_path").isEmpty()) {
      return false;
    }
    for (String name : groups.keySet()) {
      Path group = Path.of(JsonIn.text(groups, name)).normalize();
      // The root of a hierarchy is nobody's to remove.
      if (!group.startsWith(Cgroups.MOUNT) || group.getNameCount() < 5 || !remove(group)) {
        return false;
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
    return Files.deleteIfExists(state);
  }

  private static boolean remove(Path group) throws IOException {
    try {
      Files.deleteIfExists(group);
      return true;
    } catch (FileSystemException e) {
      // Processes are left in it.
      return false;
    }
  }
}
