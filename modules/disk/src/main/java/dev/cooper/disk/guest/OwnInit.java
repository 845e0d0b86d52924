package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.boot.Busybox;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The first process for an image that has none, or only busybox's: shell scripts over a busybox of
 * their own, all in {@code /.cooper}.
 *
 * <p>They mount, set the name and the network, run the image's command, and switch the machine off
 * with a last line on the console that says how the command ended.
 */
final class OwnInit {
  static final String FOLDER = ".cooper";

  private static final String START =
      """
      #!/.cooper/busybox sh
      # Makes a machine of what the kernel has started.
      b=/.cooper/busybox
      mounted() { $b grep -q " $1 " /proc/mounts; }
      [ -e /proc/mounts ] || $b mount -t proc proc /proc
      mounted /sys || $b mount -t sysfs sysfs /sys
      mounted /dev || $b mount -t devtmpfs devtmpfs /dev
      $b mkdir -p /dev/pts /dev/shm
      mounted /dev/pts || $b mount -t devpts -o gid=5,mode=620 devpts /dev/pts
      mounted /dev/shm || $b mount -t tmpfs -o mode=1777 shm /dev/shm
      mounted /run || $b mount -t tmpfs -o mode=755 run /run
      [ -d /sys/fs/cgroup ] && ! mounted /sys/fs/cgroup \\
        && $b mount -t cgroup2 cgroup2 /sys/fs/cgroup 2>/dev/null
      for link in fd:/proc/self/fd stdin:fd/0 stdout:fd/1 stderr:fd/2; do
        [ -e "/dev/${link%%:*}" ] || $b ln -s "${link#*:}" "/dev/${link%%:*}"
      done
      $b mount -o remount,rw /
      /.cooper/grow
      [ -s /etc/hostname ] && $b hostname -F /etc/hostname
      if [ -x /usr/sbin/sshd ] && [ -x /usr/bin/ssh-keygen ]; then
        PATH=/usr/bin:/bin ssh-keygen -A
      fi
      $b ip link set lo up
      for card in /sys/class/net/*; do
        card=${card##*/}
        [ "$card" = lo ] && continue
        $b ip link set "$card" up
        $b udhcpc -i "$card" -b -S -t 3 -T 1 -A 3 -s /.cooper/dhcp >/dev/null 2>&1
      done
      echo "$($b hostname) is up"
      """;

  private static final String GROW =
      """
      #!/.cooper/busybox sh
      # Grows the root partition and its file system to the end of the disk, where the image has
      # the tools: sfdisk and partx (util-linux), resize2fs (e2fsprogs).
      b=/.cooper/busybox
      PATH=/usr/sbin:/usr/bin:/sbin:/bin
      number=$($b awk '$5 == "/" { found = $3 } END { print found }' /proc/self/mountinfo)
      part=$($b readlink -f "/sys/dev/block/$number")
      [ -e "$part/partition" ] || exit 0
      disk=${part%/*}
      read -r size < "$disk/size"
      read -r start < "$part/start"
      read -r length < "$part/size"
      # Less than 8 MiB are not worth it.
      [ $((size - start - length)) -gt 16384 ] || exit 0
      for tool in sfdisk partx resize2fs; do
        command -v $tool >/dev/null || exit 0
      done
      read -r index < "$part/partition"
      # It warns of the second table, which is not at the disk's end: that is what it mends.
      echo ", +" | sfdisk -q -f --no-reread --no-tell-kernel -N "$index" "/dev/${disk##*/}" \\
        2>/dev/null \\
        && partx -u --nr "$index" "/dev/${disk##*/}" \\
        && resize2fs "/dev/${part##*/}" >/dev/null 2>&1 \\
        && echo "The root file system has grown to $($b df -h / | $b awk 'END { print $2 }')"
      exit 0
      """;

  private static final String DHCP =
      """
      #!/.cooper/busybox sh
      # Is told by udhcpc what the network offers.
      b=/.cooper/busybox
      case $1 in
        deconfig)
          $b ip addr flush dev "$interface"
          $b ip link set "$interface" up
          ;;
        bound|renew)
          $b ip addr flush dev "$interface"
          $b ip addr add "$ip/${mask:-24}" dev "$interface"
          for gateway in $router; do
            $b ip route add default via "$gateway" dev "$interface"
            break
          done
          if [ -n "$dns" ]; then
            {
              [ -z "$domain" ] || echo "search $domain"
              for server in $dns; do echo "nameserver $server"; done
            } > /etc/resolv.conf
          fi
          ;;
      esac
      exit 0
      """;

  private static final String INIT =
      """
      #!/.cooper/busybox sh
      # The first process: starts the machine, runs the image's command, and switches off.
      b=/.cooper/busybox
      /.cooper/start
      $b setsid $b cttyhack /.cooper/run
      status=$?
      $b sync
      $b killall5 -15 2>/dev/null
      $b umount -a -r 2>/dev/null
      $b mount -o remount,ro / 2>/dev/null
      echo "The command ended with exit status $status."
      $b poweroff -f
      """;

  private OwnInit() {}

  /** Puts the scripts and busybox in; {@link #INIT_PATH} runs the command when the kernel does. */
  static void install(DiskTree tree, Command command) throws IOException {
    installStart(tree);
    tree.putText(FOLDER + "/init", 0755, INIT);
    installRun(tree, command);
  }

  /** What the kernel is told to start. */
  static final String INIT_PATH = "/" + FOLDER + "/init";

  /**
   * Serves an image whose init is busybox's: an inittab that starts the machine, and then the
   * command, or a shell on each console.
   */
  static void installInittab(DiskTree tree, Optional<Command> command, List<String> consoles)
      throws IOException {
    installStart(tree);
    StringBuilder inittab = new StringBuilder("::sysinit:/.cooper/start\n");
    if (command.isPresent() && !command.get().isShell() && !command.get().isInit()) {
      installRun(tree, command.get());
      inittab.append("::respawn:/.cooper/run\n");
    } else {
      for (String console : consoles) {
        inittab.append(console).append("::respawn:-/bin/sh\n");
      }
    }
    inittab.append("::ctrlaltdel:/.cooper/busybox reboot\n");
    inittab.append("::shutdown:/.cooper/busybox umount -a -r\n");
    tree.putText("etc/inittab", 0644, inittab.toString());
  }

  /** Puts in what runs the command, {@code /.cooper/run}, for an init that starts the machine. */
  static void installCommand(DiskTree tree, Command command) throws IOException {
    tree.putBytes(FOLDER + "/busybox", 0755, Busybox.bytes());
    installRun(tree, command);
  }

  private static void installStart(DiskTree tree) throws IOException {
    tree.putBytes(FOLDER + "/busybox", 0755, Busybox.bytes());
    if (SshHostKeys.areWanted(tree)) {
      SshHostKeys.forget(tree);
    }
    tree.putText(FOLDER + "/start", 0755, START);
    tree.putText(FOLDER + "/dhcp", 0755, DHCP);
    tree.putText(FOLDER + "/grow", 0755, GROW);
  }

  private static void installRun(DiskTree tree, Command command) throws IOException {
    if (command.uid() != 0) {
      Account.name(command.uid(), command.gid(), tree);
    }
    tree.putText(FOLDER + "/run", 0755, run(command));
  }

  private static String run(Command command) {
    StringBuilder out = new StringBuilder("#!/.cooper/busybox sh\n");
    for (String variable : command.environment()) {
      int equals = variable.indexOf('=');
      if (equals > 0 && variable.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
        out.append("export ").append(variable, 0, equals + 1);
        out.append(quoted(variable.substring(equals + 1))).append('\n');
      }
    }
    out.append("cd ").append(quoted(command.folder())).append(" || cd /\n");
    out.append("exec ");
    if (command.uid() != 0 || command.gid() != 0) {
      String who = command.uid() + ":" + command.gid();
      out.append("/.cooper/busybox start-stop-daemon -S -p /.cooper/none -c ").append(who);
      out.append(" -x ").append(quoted(command.words().getFirst())).append(" --");
    } else {
      out.append(quoted(command.words().getFirst()));
    }
    for (String word : command.words().subList(1, command.words().size())) {
      out.append(' ').append(quoted(word));
    }
    return out.append('\n').toString();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
