package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes a machine's root file system out of an image's. */
public final class Guest {
  private static final List<String> KERNEL_FOLDERS = List.of("proc", "sys", "dev", "run");
  private static final List<String> INITS =
      List.of("sbin/init", "usr/sbin/init", "lib/systemd/systemd", "usr/lib/systemd/systemd");

  private final DiskTree tree;
  private final GuestOptions options;
  private final List<String> consoles;
  private final boolean grows;

  /**
   * @param consoles the terminals on which people log in, such as {@code ttyS0}
   * @param grows whether the root partition can grow where it is: a GPT, and nothing behind it
   */
  public Guest(DiskTree tree, GuestOptions options, List<String> consoles, boolean grows) {
    this.tree = tree;
    this.options = options;
    this.consoles = consoles;
    this.grows = grows;
  }

  /**
   * Prepares the tree.
   *
   * @param mounts the lines of {@code /etc/fstab}, for an image whose own has none
   * @return what the kernel must be told to start; empty for what it starts by itself
   * @throws CooperException.InvalidInput when there is nothing to run, or what the image wants to
   *     run is not there
   */
  public String prepare(ContainerConfig config, List<String> mounts) throws IOException {
    for (String folder : KERNEL_FOLDERS) {
      tree.directory(folder);
    }
    if (tree.lookup("tmp") == null) {
      long seconds = tree.root().attributes().seconds();
      tree.put("tmp", new Node.Directory(Node.Attributes.ofRoot(01777, seconds)));
    }
    names();
    Optional<Command> command = Command.of(config, tree);
    for (String init : INITS) {
      if (tree.hasFile(init)) {
        mounts(mounts);
        new People(tree, options).install();
        return initOfImage(init, command, config);
      }
    }
    if (command.isEmpty()) {
      throw new CooperException.InvalidInput(
          "the image has no init and no command: there is nothing to run",
          "set ENTRYPOINT or CMD in the Dockerfile, or install an init");
    }
    if (!command.get().isIn(tree)) {
      throw new CooperException.InvalidInput(
          "the image has no init, and its command "
              + command.get().words().getFirst()
              + " is not in it");
    }
    OwnInit.install(tree, command.get());
    return OwnInit.INIT_PATH;
  }

  private String initOfImage(String init, Optional<Command> command, ContainerConfig config)
      throws IOException {
    Node program = tree.resolve(init);
    if (Systemd.isInit(tree, init)) {
      new Systemd(tree).install(command, config, grows);
    } else if (OpenRc.isInit(tree, init)) {
      new OpenRc(tree, consoles).install(command);
    } else if (program == tree.resolve("bin/busybox") && !hasWorkingInittab()) {
      OwnInit.installInittab(tree, command, consoles);
    }
    return init.equals("sbin/init") ? "" : "/" + init;
  }

  /** Alpine's images have the inittab of OpenRC, and no OpenRC. */
  private boolean hasWorkingInittab() throws IOException {
    if (tree.lookup("etc/inittab") == null) {
      return false;
    }
    return !OpenRc.isWanted(tree.text("etc/inittab")) || tree.hasFile("sbin/openrc");
  }

  private void mounts(List<String> lines) throws IOException {
    boolean has =
        tree.text("etc/fstab").lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"));
    if (!has) {
      tree.putText("etc/fstab", 0644, String.join("\n", lines) + "\n");
    }
  }

  private void names() throws IOException {
    String own = tree.text("etc/hostname").strip();
    String name = !options.hostname().isEmpty() ? options.hostname() : own;
    if (name.isEmpty()) {
      name = "cooper";
    }
    if (!name.equals(own)) {
      tree.putText("etc/hostname", 0644, name + "\n");
    }
    if (tree.text("etc/hosts").isBlank()) {
      tree.putText(
          "etc/hosts",
          0644,
          "127.0.0.1\tlocalhost\n127.0.1.1\t" + name + "\n::1\tlocalhost ip6-localhost\n");
    }
  }
}
