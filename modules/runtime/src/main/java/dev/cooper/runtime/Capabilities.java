package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The rights of root, one by one (capabilities(7)), under the kernel's names. */
public final class Capabilities {
  /** In the kernel's numbering from 0. */
  public static final List<String> ALL =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETPCAP",
          "CAP_LINUX_IMMUTABLE",
          "CAP_NET_BIND_SERVICE",
          "CAP_NET_BROADCAST",
          "CAP_NET_ADMIN",
          "CAP_NET_RAW",
          "CAP_IPC_LOCK",
          "CAP_IPC_OWNER",
          "CAP_SYS_MODULE",
          "CAP_SYS_RAWIO",
          "CAP_SYS_CHROOT",
          "CAP_SYS_PTRACE",
          "CAP_SYS_PACCT",
          "CAP_SYS_ADMIN",
          "CAP_SYS_BOOT",
          "CAP_SYS_NICE",
          "CAP_SYS_RESOURCE",
          "CAP_SYS_TIME",
          "CAP_SYS_TTY_CONFIG",
          "CAP_MKNOD",
          "CAP_LEASE",
          "CAP_AUDIT_WRITE",
          "CAP_AUDIT_CONTROL",
          "CAP_SETFCAP",
          "CAP_MAC_OVERRIDE",
          "CAP_MAC_ADMIN",
          "CAP_SYSLOG",
          "CAP_WAKE_ALARM",
          "CAP_BLOCK_SUSPEND",
          "CAP_AUDIT_READ",
          "CAP_PERFMON",
          "CAP_BPF",
          "CAP_CHECKPOINT_RESTORE");

  /** What Docker leaves to a container that asks for nothing. */
  public static final List<String> DEFAULT =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FSETID",
          "CAP_FOWNER",
          "CAP_MKNOD",
          "CAP_NET_RAW",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETFCAP",
          "CAP_SETPCAP",
          "CAP_NET_BIND_SERVICE",
          "CAP_SYS_CHROOT",
          "CAP_KILL",
          "CAP_AUDIT_WRITE");

  private Capabilities() {}

  /**
   * What {@code --privileged}, {@code --cap-add} and {@code --cap-drop} amount to, of those that
   * this process has itself: nobody can give more than that.
   *
   * @param add with or without {@code CAP_}, in any case; {@code ALL} is all
   * @param drop likewise; adding one by name wins over dropping ALL, dropping it over adding ALL
   * @throws CooperException.InvalidInput for a name that no kernel knows
   */
  public static List<String> of(boolean privileged, List<String> add, List<String> drop) {
    List<String> held = held();
    if (privileged) {
      return held;
    }
    List<String> added = names(add, "--cap-add");
    List<String> dropped = names(drop, "--cap-drop");
    TreeSet<String> chosen = new TreeSet<>();
    if (added.contains("ALL")) {
      chosen.addAll(ALL);
    } else if (!dropped.contains("ALL")) {
      chosen.addAll(DEFAULT);
    }
    if (!added.contains("ALL") || !dropped.contains("ALL")) {
      chosen.removeAll(dropped);
    }
    chosen.addAll(added);
    chosen.removeIf(name -> dropped.contains(name) && !name.equals("ALL"));
    chosen.remove("ALL");
    chosen.retainAll(held);
    return List.copyOf(chosen);
  }

  /** Those that this process may hand on; all if that cannot be told. */
  public static List<String> held() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("CapBnd:")) {
          long bits = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          List<String> held = new ArrayList<>();
          for (int i = 0; i < ALL.size(); i++) {
            if ((bits >> i & 1) == 1) {
              held.add(ALL.get(i));
            }
          }
          return List.copyOf(held);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Without /proc nothing will run anyway, and the runtime says so better.
    }
    return ALL;
  }

  private static List<String> names(List<String> given, String flag) {
    return given.stream()
        .map(
            text -> {
              String upper = text.strip().toUpperCase(Locale.ROOT);
              if (upper.equals("ALL")) {
                return upper;
              }
              String name = upper.startsWith("CAP_") ? upper : "CAP_" + upper;
              if (!ALL.contains(name)) {
                throw new CooperException.InvalidInput(
                    "invalid " + flag + ": unknown capability: \"" + name + "\"");
              }
              return name;
            })
        .toList();
  }
}
