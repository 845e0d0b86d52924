package dev.cooper.base;

import dev.cooper.base.BinaryOptions.Extra;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Platform;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How an image of programs is run, and how a user would make it.
 *
 * @param given what the user named
 * @param programs those of it that are programs, by their paths; at least one
 */
record BinaryImage(
    List<String> given, List<String> programs, BinaryOptions options, Platform platform) {
  BinaryImage {
    given = List.copyOf(given);
    programs = List.copyOf(programs);
  }

  /** The arguments of a container are those of the first program. */
  ContainerConfig config() {
    return ContainerConfig.EMPTY
        .withEnv(List.of("PATH=" + path()))
        .withEntrypoint(List.of(programs.getFirst()));
  }

  /** The usual folders, and those of the programs, so that each can be called by its name. */
  private String path() {
    Set<String> folders = new LinkedHashSet<>(List.of(BusyboxBase.PATH.split(":")));
    for (String program : programs) {
      folders.add(program.substring(0, Math.max(1, program.lastIndexOf('/'))));
    }
    return String.join(":", folders);
  }

  /**
   * The command that makes it.
   *
   * @param output a flag more, or nothing
   */
  String command(String output) {
    StringBuilder words = new StringBuilder("cooper base from-binary").append(output);
    if (!options.root().equals(Path.of("/"))) {
      words.append(" --sysroot ").append(ShellWords.join(List.of(options.root().toString())));
    }
    for (Extra extra : Extra.values()) {
      if (options.with().contains(extra) || options.without().contains(extra)) {
        words.append(options.with().contains(extra) ? " --with " : " --without ");
        words.append(extra.word());
      }
    }
    return words.append(' ').append(ShellWords.join(given)).toString();
  }

  /** The Dockerfile that makes the image, with the command before it. */
  String dockerfile() {
    return "# " + command(" -o rootfs") + "\n" + dockerfile("rootfs");
  }

  /** The Dockerfile that makes it of a folder of the build context. */
  String dockerfile(String directory) {
    return DockerfileText.scratch(platform)
        + DockerfileText.add(directory + "/")
        + DockerfileText.path(path())
        + "ENTRYPOINT "
        + DockerfileText.array(List.of(programs.getFirst()))
        + "\n";
  }
}
