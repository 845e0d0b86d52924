package dev.cooper.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that a container may make (seccomp), as Docker's default profile has it: what is
 * not named here is refused with EPERM. What reaches past a container's namespaces is open to whom
 * has the capability for it.
 */
final class SystemCallFilter {
  static final int EPERM = 1;
  private static final int ENOSYS = 38;

  /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
  private static final long NEW_NAMESPACES = 0x7e020000L;

  private static final int AF_ALG = 38;
  private static final int AF_VSOCK = 40;

  /** The personalities that programs ask for: none, a short address space, old system's; query. */
  private static final long[] PERSONALITIES = {0, 0x8, 0x20000, 0x20008, 0xffffffffL};

  private SystemCallFilter() {}

  /**
   * A test of an argument.
   *
   * @param operator by libseccomp's name, {@code SCMP_CMP_EQ}
   * @param valueTwo what is left after {@code value} as a mask, for {@code SCMP_CMP_MASKED_EQ}
   */
  record Condition(int argument, String operator, long value, long valueTwo) {}

  /**
   * What becomes of some calls.
   *
   * @param error what they fail with; 0 when they are let through
   * @param condition when the rule counts; null for always
   */
  record Rule(List<String> names, int error, @Nullable Condition condition) {
    static Rule allow(String... names) {
      return new Rule(List.of(names), 0, null);
    }

    static Rule allowIf(String name, Condition condition) {
      return new Rule(List.of(name), 0, condition);
    }
  }

  /** Calls that a capability opens. */
  private record Opened(String capability, String... names) {}

  private static final List<Opened> OPENED =
      List.of(
          new Opened(
              "CAP_SYS_ADMIN",
              "bpf",
              "clone",
              "clone3",
              "fanotify_init",
              "fsconfig",
              "fsmount",
              "fsopen",
              "fspick",
              "lookup_dcookie",
              "lsm_get_self_attr",
              "lsm_list_modules",
              "lsm_set_self_attr",
              "mount",
              "mount_setattr",
              "move_mount",
              "open_tree",
              "perf_event_open",
              "quotactl",
              "quotactl_fd",
              "setdomainname",
              "sethostname",
              "setns",
              "syslog",
              "umount",
              "umount2",
              "unshare"),
          new Opened("CAP_BPF", "bpf"),
          new Opened("CAP_DAC_READ_SEARCH", "open_by_handle_at"),
          new Opened("CAP_PERFMON", "perf_event_open"),
          new Opened("CAP_SYSLOG", "syslog"),
          new Opened("CAP_SYS_BOOT", "reboot"),
          new Opened("CAP_SYS_CHROOT", "chroot"),
          new Opened("CAP_SYS_MODULE", "delete_module", "finit_module", "init_module"),
          new Opened(
              "CAP_SYS_NICE", "get_mempolicy", "mbind", "set_mempolicy", "set_mempolicy_home_node"),
          new Opened("CAP_SYS_PACCT", "acct"),
          new Opened("CAP_SYS_PTRACE", "kcmp", "pidfd_getfd", "process_madvise"),
          new Opened("CAP_SYS_RAWIO", "ioperm", "iopl"),
          new Opened("CAP_SYS_TIME", "clock_settime", "clock_settime64", "settimeofday", "stime"),
          new Opened("CAP_SYS_TTY_CONFIG", "vhangup"));

  /**
   * The rules for a process with these capabilities, on a processor by the JVM's name. A call that
   * several rules let through is let through.
   */
  static List<Rule> rules(List<String> capabilities, String processor) {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule(SystemCalls.everybodys(), 0, null));
    // Before kernel 4.8 a process could leave its filter by being traced; none so old runs this.
    rules.add(Rule.allow("process_vm_readv", "process_vm_writev", "ptrace"));
    sockets(rules);
    for (long personality : PERSONALITIES) {
      rules.add(Rule.allowIf("personality", new Condition(0, "SCMP_CMP_EQ", personality, 0)));
    }
    processor(rules, processor);
    for (Opened opened : OPENED) {
      if (capabilities.contains(opened.capability)) {
        rules.add(Rule.allow(opened.names));
      }
    }
    if (!capabilities.contains("CAP_SYS_ADMIN")) {
      int flags = processor.equals("s390x") ? 1 : 0;
      rules.add(
          Rule.allowIf("clone", new Condition(flags, "SCMP_CMP_MASKED_EQ", NEW_NAMESPACES, 0)));
      // Its flags lie in memory, out of a filter's reach; ENOSYS makes callers use clone.
      rules.add(new Rule(List.of("clone3"), ENOSYS, null));
    }
    return rules;
  }

  /**
   * Of all kinds but two: the kernel's cryptography, which containers have no need for and which
   * was broken out of, and those that reach the virtual machine's host past the network namespace.
   */
  private static void sockets(List<Rule> rules) {
    rules.add(Rule.allowIf("socket", new Condition(0, "SCMP_CMP_LT", AF_ALG, 0)));
    rules.add(Rule.allowIf("socket", new Condition(0, "SCMP_CMP_EQ", AF_ALG + 1, 0)));
    rules.add(Rule.allowIf("socket", new Condition(0, "SCMP_CMP_GT", AF_VSOCK, 0)));
  }

  private static void processor(List<Rule> rules, String processor) {
    switch (processor) {
      case "amd64", "x86_64" -> rules.add(Rule.allow("arch_prctl", "modify_ldt"));
      case "aarch64", "arm" ->
          rules.add(
              Rule.allow(
                  "arm_fadvise64_64",
                  "arm_sync_file_range",
                  "breakpoint",
                  "cacheflush",
                  "set_tls",
                  "sync_file_range2"));
      case "ppc64le" -> rules.add(Rule.allow("swapcontext", "sync_file_range2"));
      case "riscv64" -> rules.add(Rule.allow("riscv_flush_icache"));
      case "s390x" ->
          rules.add(Rule.allow("s390_pci_mmio_read", "s390_pci_mmio_write", "s390_runtime_instr"));
      default -> {}
    }
  }

  /** The ways of calling that programs for this processor use, 32-bit ones too. */
  static List<String> architectures(String processor) {
    return switch (processor.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
      case "aarch64" -> List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
      case "s390x" -> List.of("SCMP_ARCH_S390X", "SCMP_ARCH_S390");
      case "riscv64" -> List.of("SCMP_ARCH_RISCV64");
      default -> List.of();
    };
  }
}
