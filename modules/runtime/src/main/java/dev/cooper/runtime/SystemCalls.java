package dev.cooper.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The system calls that any container may make, by what they are for. They are those that Docker's
 * default profile allows everybody (moby's profiles, version 28); names that a kernel or its
 * libseccomp does not know are passed over by the runtime.
 */
final class SystemCalls {
  /** Files and folders: opened, made, renamed, removed, described. */
  private static final String FILES =
      """
      open openat openat2 creat close close_range access faccessat faccessat2 stat
      stat64 lstat lstat64 fstat fstat64 fstatat64 newfstatat statx readlink readlinkat
      chmod fchmod fchmodat fchmodat2 chown chown32 lchown lchown32 fchown fchown32
      fchownat utime utimes futimesat utimensat utimensat_time64 mkdir mkdirat mknod
      mknodat rmdir link linkat symlink symlinkat unlink unlinkat rename renameat
      renameat2 truncate truncate64 ftruncate ftruncate64 getdents getdents64 getcwd
      chdir fchdir umask flock fcntl fcntl64 ioctl dup dup2 dup3 name_to_handle_at
      fanotify_mark inotify_init inotify_init1 inotify_add_watch inotify_rm_watch statfs
      statfs64 fstatfs fstatfs64 statmount listmount cachestat""";

  /** Extended attributes. */
  private static final String ATTRIBUTES =
      """
      getxattr lgetxattr fgetxattr getxattrat setxattr lsetxattr fsetxattr setxattrat
      listxattr llistxattr flistxattr listxattrat removexattr lremovexattr fremovexattr
      removexattrat""";

  /** Bytes moved, and when they are on the disk. */
  private static final String TRANSFER =
      """
      read readv pread64 preadv preadv2 write writev pwrite64 pwritev pwritev2 lseek
      _llseek sendfile sendfile64 splice tee vmsplice copy_file_range fallocate
      fadvise64 fadvise64_64 readahead sync syncfs fsync fdatasync sync_file_range pipe
      pipe2 io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents
      io_pgetevents_time64 ioprio_get ioprio_set""";

  /** Waiting for one of many things. */
  private static final String WAITING =
      """
      select _newselect pselect6 pselect6_time64 poll ppoll ppoll_time64 epoll_create
      epoll_create1 epoll_ctl epoll_ctl_old epoll_wait epoll_wait_old epoll_pwait
      epoll_pwait2 eventfd eventfd2 signalfd signalfd4""";

  /** A process's own memory. */
  private static final String MEMORY =
      """
      brk mmap mmap2 munmap mremap mprotect msync mincore madvise mlock mlock2 mlockall
      munlock munlockall mseal map_shadow_stack memfd_create memfd_secret
      remap_file_pages membarrier pkey_alloc pkey_free pkey_mprotect""";

  /** Processes and threads: started, waited for, scheduled, ended. */
  private static final String PROCESSES =
      """
      fork vfork execve execveat exit exit_group wait4 waitid waitpid getpid getppid
      gettid getpgid getpgrp setpgid getsid setsid set_tid_address set_robust_list
      get_robust_list set_thread_area get_thread_area prctl rseq seccomp
      landlock_create_ruleset landlock_add_rule landlock_restrict_self uretprobe
      riscv_hwprobe getcpu getpriority setpriority getrlimit setrlimit ugetrlimit
      prlimit64 getrusage times process_mrelease pidfd_open sched_getaffinity
      sched_setaffinity sched_getattr sched_setattr sched_getparam sched_setparam
      sched_getscheduler sched_setscheduler sched_get_priority_max
      sched_get_priority_min sched_rr_get_interval sched_rr_get_interval_time64
      sched_yield futex futex_time64 futex_wait futex_wake futex_waitv futex_requeue""";

  /** Who a process is, and what it may. */
  private static final String IDENTITY =
      """
      getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32 getresuid
      getresuid32 getresgid getresgid32 getgroups getgroups32 setuid setuid32 setgid
      setgid32 setreuid setreuid32 setregid setregid32 setresuid setresuid32 setresgid
      setresgid32 setgroups setgroups32 setfsuid setfsuid32 setfsgid setfsgid32 capget
      capset uname sysinfo getrandom""";

  /** Signals. */
  private static final String SIGNALS =
      """
      kill tkill tgkill pidfd_send_signal pause sigaltstack sigprocmask sigreturn
      rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
      rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo
      restart_syscall""";

  /** Clocks and timers; the kernel itself asks for the capability to set one. */
  private static final String TIME =
      """
      time gettimeofday clock_getres clock_getres_time64 clock_gettime clock_gettime64
      clock_nanosleep clock_nanosleep_time64 clock_adjtime clock_adjtime64 adjtimex
      nanosleep alarm getitimer setitimer timer_create timer_delete timer_getoverrun
      timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create
      timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64""";

  /** Sockets, once there is one, and System V and POSIX messages. */
  private static final String TALKING =
      """
      socketcall socketpair bind listen accept accept4 connect shutdown getsockname
      getpeername getsockopt setsockopt send sendto sendmsg sendmmsg recv recvfrom
      recvmsg recvmmsg recvmmsg_time64 ipc msgctl msgget msgrcv msgsnd semctl semget
      semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget mq_open mq_unlink
      mq_notify mq_getsetattr mq_timedreceive mq_timedreceive_time64 mq_timedsend
      mq_timedsend_time64""";

  private SystemCalls() {}

  /** All of them. */
  static List<String> everybodys() {
    List<String> names = new ArrayList<>(400);
    for (String group :
        List.of(
            FILES,
            ATTRIBUTES,
            TRANSFER,
            WAITING,
            MEMORY,
            PROCESSES,
            IDENTITY,
            SIGNALS,
            TIME,
            TALKING)) {
      add(group, names);
    }
    return names;
  }

  /** Adds the words of a group: no pattern is compiled on the way of a starting container. */
  private static void add(String group, List<String> names) {
    int start = 0;
    for (int i = 0; i <= group.length(); i++) {
      if (i == group.length() || group.charAt(i) == ' ' || group.charAt(i) == '\n') {
        names.add(group.substring(start, i));
        start = i + 1;
      }
    }
  }
}
