package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Healthcheck;
import dev.cooper.image.layer.PathBytes;
import java.util.List;
import java.util.Optional;

/**
 * Gives an image that has systemd what it needs as a machine, in {@code /etc} where admins look.
 */
final class Systemd {
  private static final String UNITS = "etc/systemd/system";
  private static final String COMMAND_UNIT = "cooper-command.service";

  private final DiskTree tree;

  Systemd(DiskTree tree) {
    this.tree = tree;
  }

  /** Whether the image's init is systemd. */
  static boolean isInit(DiskTree tree, String init) {
    Node program = tree.resolve(init);
    return program != null
        && (program == tree.resolve("lib/systemd/systemd")
            || program == tree.resolve("usr/lib/systemd/systemd"));
  }

  /**
   * @param grows whether the root partition can grow where it is: a GPT, and nothing behind it
   */
  void install(Optional<Command> command, ContainerConfig config, boolean grows) {
    // An empty file makes systemd take a new identity at each machine's first start.
    tree.putText("etc/machine-id", 0444, "");
    remove("var/lib/systemd", "random-seed");
    network();
    if (grows) {
      grow();
    }
    if (command.isPresent() && !command.get().isShell() && !command.get().isInit()) {
      commandUnit(command.get(), config);
    }
    if (SshHostKeys.areWanted(tree)) {
      hostKeys();
    }
  }

  /** Addresses by DHCP for every wired card, where the image brings networkd and nothing is set. */
  private void network() {
    String networkd = "lib/systemd/system/systemd-networkd.service";
    boolean others =
        tree.hasFile("usr/sbin/NetworkManager") || tree.hasFile("etc/network/interfaces");
    boolean configured =
        tree.resolve("etc/systemd/network") instanceof Node.Directory folder
            && !folder.entries().isEmpty();
    if (!tree.hasFile(networkd) || others || configured) {
      return;
    }
    tree.putText(
        "etc/systemd/network/80-wired.network",
        0644,
        """
        [Match]
        Type=ether

        [Network]
        DHCP=yes
        """);
    enable("systemd-networkd.service", "multi-user.target.wants", "/" + networkd);
    String resolved = "lib/systemd/system/systemd-resolved.service";
    if (tree.hasFile(resolved)) {
      enable("systemd-resolved.service", "multi-user.target.wants", "/" + resolved);
      tree.putLink("etc/resolv.conf", "../run/systemd/resolve/stub-resolv.conf");
    } else {
      nameServers();
    }
  }

  /** Without resolved nobody tells programs the name servers that networkd has learnt of. */
  private void nameServers() {
    tree.putText(
        UNITS + "/cooper-resolv.service",
        0644,
        """
        [Unit]
        Description=Writes the network's name servers to /etc/resolv.conf
        After=systemd-networkd.service

        [Service]
        Type=oneshot
        ExecStart=/bin/sh -c 'set -- $$(sed -n s/^DNS=//p /run/systemd/netif/state); \\
          [ $$# -eq 0 ] || for server; do echo "nameserver $$server"; done >/etc/resolv.conf'

        [Install]
        WantedBy=multi-user.target
        """);
    tree.putText(
        UNITS + "/cooper-resolv.path",
        0644,
        """
        [Unit]
        Description=Waits for other name servers

        [Path]
        PathChanged=/run/systemd/netif/state

        [Install]
        WantedBy=multi-user.target
        """);
    for (String unit : List.of("cooper-resolv.service", "cooper-resolv.path")) {
      enable(unit, "multi-user.target.wants", "/" + UNITS + "/" + unit);
    }
  }

  /**
   * Has the root partition grow at each start to the end of the disk, where the image brings what
   * does it; x-systemd.growfs in fstab then grows the file system into it.
   */
  private void grow() {
    boolean set =
        tree.resolve("etc/repart.d") instanceof Node.Directory folder
            && !folder.entries().isEmpty();
    boolean able = tree.hasFile("bin/systemd-repart") || tree.hasFile("usr/bin/systemd-repart");
    if (able && !set) {
      tree.putText("etc/repart.d/50-root.conf", 0644, "[Partition]\nType=root\n");
    }
  }

  /** The image's command as a service; its state of health by a timer beside it. */
  private void commandUnit(Command command, ContainerConfig config) {
    StringBuilder unit = new StringBuilder("[Unit]\nDescription=The command of the image\n");
    unit.append("After=network-online.target\nWants=network-online.target\n\n[Service]\n");
    appendContext(unit, command);
    unit.append("ExecStart=").append(line(command.words())).append('\n');
    String signal = config.stopSignal();
    if (signal != null && signal.matches("[A-Z0-9+]+")) {
      unit.append("KillSignal=").append(signal).append('\n');
    }
    unit.append("Restart=on-failure\nStandardOutput=journal+console\n\n");
    unit.append("[Install]\nWantedBy=multi-user.target\n");
    tree.putText(UNITS + "/" + COMMAND_UNIT, 0644, unit.toString());
    enable(COMMAND_UNIT, "multi-user.target.wants", "/" + UNITS + "/" + COMMAND_UNIT);
    Healthcheck health = config.healthcheck();
    if (health != null && health.test().size() > 1) {
      healthUnits(command, health);
    }
  }

  private void healthUnits(Command command, Healthcheck health) {
    List<String> test = health.test();
    List<String> words =
        test.getFirst().equals("CMD-SHELL")
            ? List.of("/bin/sh", "-c", test.get(1))
            : test.subList(1, test.size());
    if (test.getFirst().equals("NONE")) {
      return;
    }
    StringBuilder unit = new StringBuilder("[Unit]\nDescription=Is the image's command well?\n");
    unit.append("Requisite=").append(COMMAND_UNIT).append("\n\n[Service]\nType=oneshot\n");
    appendContext(unit, command);
    unit.append("ExecStart=").append(line(words)).append('\n');
    tree.putText(UNITS + "/cooper-health.service", 0644, unit.toString());
    tree.putText(
        UNITS + "/cooper-health.timer",
        0644,
        """
        [Unit]
        Description=Asks whether the image's command is well

        [Timer]
        OnActiveSec=30
        OnUnitActiveSec=30

        [Install]
        WantedBy=timers.target
        """);
    enable("cooper-health.timer", "timers.target.wants", "/" + UNITS + "/cooper-health.timer");
  }

  private static void appendContext(StringBuilder unit, Command command) {
    if (command.uid() != 0 || command.gid() != 0) {
      unit.append("User=").append(command.uid()).append("\nGroup=").append(command.gid());
      unit.append('\n');
    }
    unit.append("WorkingDirectory=-").append(command.folder().replace("%", "%%")).append('\n');
    for (String variable : command.environment()) {
      unit.append("Environment=").append(quoted(variable)).append('\n');
    }
  }

  private void hostKeys() {
    SshHostKeys.forget(tree);
    tree.putText(
        UNITS + "/cooper-host-keys.service",
        0644,
        """
        [Unit]
        Description=Makes this machine's own ssh host keys
        Before=ssh.service sshd.service
        ConditionPathExistsGlob=!/etc/ssh/ssh_host_*_key

        [Service]
        Type=oneshot
        ExecStart=/usr/bin/ssh-keygen -A

        [Install]
        WantedBy=multi-user.target
        """);
    enable(
        "cooper-host-keys.service",
        "multi-user.target.wants",
        "/" + UNITS + "/cooper-host-keys.service");
  }

  private void enable(String unit, String wants, String file) {
    tree.putLink(UNITS + "/" + wants + "/" + unit, file);
  }

  private void remove(String folder, String name) {
    if (tree.resolve(folder) instanceof Node.Directory directory) {
      directory.remove(PathBytes.encode(name));
    }
  }

  private static String line(List<String> words) {
    return String.join(" ", words.stream().map(word -> quoted(word).replace("$", "$$")).toList());
  }

  /** A word in systemd's quotes, in which "%" and backslashes stand for something. */
  private static String quoted(String word) {
    return "\""
        + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("%", "%%")
        + "\"";
  }
}
