package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an image runs, in the terms of a machine.
 *
 * @param words the program and its arguments; never empty
 * @param environment {@code NAME=value}
 * @param folder where it starts
 * @param uid whom it runs as
 * @param gid its group
 */
record Command(List<String> words, List<String> environment, String folder, long uid, long gid) {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "busybox");
  private static final Set<String> INITS = Set.of("init", "systemd", "openrc-init", "tini");

  /**
   * The command of an image's config; empty when it has none.
   *
   * @throws CooperException.InvalidInput when its user is not in the image
   */
  static Optional<Command> of(ContainerConfig config, DiskTree tree) throws IOException {
    List<String> words =
        Stream.concat(config.entrypoint().stream(), config.cmd().stream()).toList();
    if (words.isEmpty()) {
      return Optional.empty();
    }
    List<String> environment = new ArrayList<>(config.env());
    if (environment.stream().noneMatch(each -> each.startsWith("PATH="))) {
      environment.add("PATH=" + DEFAULT_PATH);
    }
    String folder = config.workingDir().isEmpty() ? "/" : config.workingDir();
    Account account = Account.of(config.user(), tree);
    if (environment.stream().noneMatch(each -> each.startsWith("HOME="))) {
      environment.add("HOME=" + account.home());
    }
    return Optional.of(new Command(words, environment, folder, account.uid(), account.gid()));
  }

  /** Whether it only asks a person what to do, so that a login does as well. */
  boolean isShell() {
    return words.size() == 1 && SHELLS.contains(name());
  }

  /** Whether it is a first process already. */
  boolean isInit() {
    return INITS.contains(name());
  }

  String name() {
    String program = words.getFirst();
    return program.substring(program.lastIndexOf('/') + 1);
  }

  /** Whether the program is there. */
  boolean isIn(DiskTree tree) {
    String program = words.getFirst();
    if (program.contains("/")) {
      return tree.hasFile(program.startsWith("/") ? program : folder + "/" + program);
    }
    String path =
        environment.stream()
            .filter(each -> each.startsWith("PATH="))
            .reduce("", (before, last) -> last.substring("PATH=".length()));
    return Stream.of(path.split(":")).anyMatch(place -> tree.hasFile(place + "/" + program));
  }
}
