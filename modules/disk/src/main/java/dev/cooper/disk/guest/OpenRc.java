package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives an image that has OpenRC what it needs as a machine: services in the runlevels where nobody
 * has put any, a network by DHCP, a login on each console, and the image's command as a service.
 */
final class OpenRc {
  private static final String SCRIPTS = "etc/init.d";
  private static final String RUNLEVELS = "etc/runlevels";
  private static final String COMMAND = "cooper-command";

  /** What Alpine's installer puts into the runlevels; passed over where the image lacks it. */
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "sysinit", List.of("devfs", "dmesg", "mdev", "hwdrivers"),
          "boot",
              List.of(
                  "modules",
                  "sysctl",
                  "hostname",
                  "bootmisc",
                  "loopback",
                  "networking",
                  "seedrng",
                  "urandom"),
          "shutdown", List.of("killprocs", "mount-ro"));

  private static final String SERVICE =
      """
      #!/sbin/openrc-run
      description="The command of the image"
      supervisor=supervise-daemon
      command=/.cooper/run
      output_log=/dev/console
      error_log=/dev/console
      respawn_delay=1

      depend() {
        use net localmount
        after bootmisc
      }
      """;

  private static final String INTERFACES =
      """
      auto lo
      iface lo inet loopback

      auto eth0
      iface eth0 inet dhcp
      """;

  private final DiskTree tree;
  private final List<String> consoles;

  /**
   * @param consoles the terminals on which people log in, such as {@code ttyS0}
   */
  OpenRc(DiskTree tree, List<String> consoles) {
    this.tree = tree;
    this.consoles = consoles;
  }

  /** Whether the image's init is OpenRC's, or is told by its inittab to start OpenRC. */
  static boolean isInit(DiskTree tree, String init) throws IOException {
    if (!tree.hasFile("sbin/openrc")) {
      return false;
    }
    Node program = tree.resolve(init);
    return (program != null && program == tree.resolve("sbin/openrc-init"))
        || isWanted(tree.text("etc/inittab"));
  }

  /** Whether an inittab starts OpenRC. */
  static boolean isWanted(String inittab) {
    return inittab.lines().anyMatch(line -> !line.startsWith("#") && line.contains("/sbin/openrc"));
  }

  void install(Optional<Command> command) throws IOException {
    if (isEmpty("sysinit") && isEmpty("boot")) {
      for (Map.Entry<String, List<String>> level : USUAL.entrySet()) {
        for (String service : level.getValue()) {
          if (tree.hasFile(SCRIPTS + "/" + service)) {
            enable(service, level.getKey());
          }
        }
      }
    }
    if (tree.hasFile(SCRIPTS + "/networking") && tree.lookup("etc/network/interfaces") == null) {
      tree.putText("etc/network/interfaces", 0644, INTERFACES);
    }
    logins();
    // The script of sshd makes keys where there are none.
    if (tree.hasFile(SCRIPTS + "/sshd")) {
      SshHostKeys.forget(tree);
    }
    if (command.isPresent() && !command.get().isShell() && !command.get().isInit()) {
      OwnInit.installCommand(tree, command.get());
      tree.putText(SCRIPTS + "/" + COMMAND, 0755, SERVICE);
      enable(COMMAND, "default");
    }
  }

  /** A login on each serial console that the inittab leaves out. */
  private void logins() throws IOException {
    String inittab = tree.text("etc/inittab");
    if (inittab.isEmpty() || !tree.hasFile("sbin/getty")) {
      return;
    }
    StringBuilder changed = new StringBuilder(inittab);
    for (String console : consoles) {
      if (console.startsWith("ttyS") && inittab.lines().noneMatch(line -> serves(line, console))) {
        if (!changed.toString().endsWith("\n")) {
          changed.append('\n');
        }
        changed.append(console).append("::respawn:/sbin/getty -L 115200 ");
        changed.append(console).append(" vt100\n");
      }
    }
    if (changed.length() > inittab.length()) {
      tree.putText("etc/inittab", 0644, changed.toString());
    }
  }

  private static boolean serves(String line, String console) {
    return !line.startsWith("#") && line.contains("getty") && line.contains(console);
  }

  private boolean isEmpty(String level) {
    return !(tree.resolve(RUNLEVELS + "/" + level) instanceof Node.Directory folder)
        || folder.entries().isEmpty();
  }

  private void enable(String service, String level) {
    tree.putLink(RUNLEVELS + "/" + level + "/" + service, "/" + SCRIPTS + "/" + service);
  }
}
