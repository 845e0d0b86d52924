package dev.cooper.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The system calls that a container is refused with EPERM (seccomp): those that reach past its
 * namespaces or into seldom-used kernel code. A capability that exists for a call allows it.
 *
 * <p>It refuses by name where Docker's own profile allows by name: the calls named in Docker's
 * documentation are refused in both; a call that a later kernel adds is not refused here.
 */
final class SystemCallFilter {
  private static final List<String> ALWAYS =
      List.of(
          "_sysctl",
          "add_key",
          "create_module",
          "get_kernel_syms",
          "io_uring_enter",
          "io_uring_register",
          "io_uring_setup",
          "kexec_file_load",
          "kexec_load",
          "keyctl",
          "move_pages",
          "nfsservctl",
          "query_module",
          "request_key",
          "swapoff",
          "swapon",
          "sysfs",
          "uselib",
          "userfaultfd",
          "ustat",
          "vm86",
          "vm86old");

  private static final Map<String, List<String>> UNLESS =
      Map.ofEntries(
          Map.entry(
              "CAP_SYS_ADMIN",
              List.of(
                  "fsconfig",
                  "fsmount",
                  "fsopen",
                  "fspick",
                  "lookup_dcookie",
                  "mount",
                  "mount_setattr",
                  "move_mount",
                  "open_tree",
                  "pivot_root",
                  "quotactl",
                  "quotactl_fd",
                  "setns",
                  "umount",
                  "umount2",
                  "unshare")),
          Map.entry("CAP_BPF", List.of("bpf")),
          Map.entry("CAP_PERFMON", List.of("perf_event_open")),
          Map.entry("CAP_DAC_READ_SEARCH", List.of("open_by_handle_at")),
          Map.entry("CAP_SYS_BOOT", List.of("reboot")),
          Map.entry("CAP_SYS_MODULE", List.of("delete_module", "finit_module", "init_module")),
          Map.entry("CAP_SYS_NICE", List.of("get_mempolicy", "mbind", "set_mempolicy")),
          Map.entry("CAP_SYS_PACCT", List.of("acct")),
          Map.entry("CAP_SYS_PTRACE", List.of("kcmp", "process_vm_readv", "process_vm_writev")),
          Map.entry("CAP_SYS_RAWIO", List.of("ioperm", "iopl")),
          Map.entry(
              "CAP_SYS_TIME", List.of("clock_adjtime", "clock_settime", "settimeofday", "stime")));

  private SystemCallFilter() {}

  /** The calls refused to a process with these capabilities, sorted. */
  static List<String> refused(List<String> capabilities) {
    List<String> refused = new ArrayList<>(ALWAYS);
    UNLESS.forEach(
        (capability, calls) -> {
          boolean admin = capabilities.contains("CAP_SYS_ADMIN");
          boolean covers = capability.equals("CAP_BPF") || capability.equals("CAP_PERFMON");
          if (!capabilities.contains(capability) && !(admin && covers)) {
            refused.addAll(calls);
          }
        });
    refused.sort(null);
    return refused;
  }

  /** Whether the process may make new namespaces. */
  static boolean allowsNamespaces(List<String> capabilities) {
    return capabilities.contains("CAP_SYS_ADMIN");
  }
}
