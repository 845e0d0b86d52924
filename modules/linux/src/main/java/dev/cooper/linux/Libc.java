package dev.cooper.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The C library's functions, by name. All take integers and pointers only, so that one linked shape
 * serves them: arguments beyond those a function declares are ignored by the C calling conventions
 * of every architecture that a JDK runs on under Linux.
 *
 * <p>Calls newer than the C libraries in use go through {@code syscall} with their number, which is
 * the same on all architectures from 424 on.
 */
final class Libc {
  static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));

  static final Function GETPID = new Function("getpid");
  static final Function SYSCALL = new Function("syscall");

  static final int SYS_PIDFD_SEND_SIGNAL = 424;
  static final int SYS_MOVE_MOUNT = 429;
  static final int SYS_FSOPEN = 430;
  static final int SYS_FSCONFIG = 431;
  static final int SYS_FSMOUNT = 432;
  static final int SYS_PIDFD_OPEN = 434;
  static final int SYS_CLOSE_RANGE = 436;
  static final int SYS_OPENAT2 = 437;

  /** "Relative to the working directory" in place of a directory's descriptor. */
  static final int AT_FDCWD = -100;

  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

  /** The flags of open(2) whose bits differ between architectures. */
  static final int O_DIRECTORY = ARM ? 040000 : 0200000;

  static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;

  private Libc() {}

  /** One function; its address is looked up at its first call. */
  static final class Function {
    private final String name;
    private volatile Optional<MemorySegment> address = Optional.empty();

    Function(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    MemorySegment address() throws LinuxException {
      Optional<MemorySegment> known = address;
      if (known.isEmpty()) {
        known = LINUX ? Linked.LINKER.defaultLookup().find(name) : Optional.empty();
        address = known;
      }
      return known.orElseThrow(() -> new LinuxException(name, Errno.ENOSYS, null));
    }
  }

  /** Initialised by the first call, since linking is the expensive part. */
  static final class Linked {
    static final Linker LINKER = Linker.nativeLinker();
    static final MethodHandle CALL = link();

    private Linked() {}

    private static MethodHandle link() {
      ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
      return LINKER.downcallHandle(
          FunctionDescriptor.of(word, word, word, word, word, word, word, word),
          Linker.Option.captureCallState("errno"));
    }
  }
}
