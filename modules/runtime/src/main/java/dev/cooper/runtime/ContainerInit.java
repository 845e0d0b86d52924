package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small init of the host's as a container's first process: it passes signals on to the command
 * and collects the processes that others leave behind. It is statically linked, so that it runs in
 * an image of whatever content.
 */
public final class ContainerInit {
  /** Best first; each takes {@code -- COMMAND}. */
  private static final List<String> NAMES = List.of("docker-init", "tini-static", "catatonit");

  /** Where Docker has it; not in /dev, which may be the host's. */
  private static final String TARGET = "/sbin/docker-init";

  private final Path program;

  private ContainerInit(Path program) {
    this.program = program;
  }

  /**
   * The host's.
   *
   * @throws CooperException.NotFound with the command that installs one
   */
  public static ContainerInit find() {
    for (String name : NAMES) {
      Optional<Path> program = Tool.find(name);
      if (program.isPresent()) {
        return new ContainerInit(program.get());
      }
    }
    throw new CooperException.NotFound(
        "no init for --init: none of " + String.join(", ", NAMES) + " is installed",
        "apt-get install tini");
  }

  /** What makes it appear in the container. */
  public ContainerMount mount() {
    return ContainerMount.bind(program, TARGET, true);
  }

  /** The command that runs {@code command} under it. */
  public static List<String> before(List<String> command) {
    List<String> words = new ArrayList<>(List.of(TARGET, "--"));
    words.addAll(command);
    return words;
  }
}
