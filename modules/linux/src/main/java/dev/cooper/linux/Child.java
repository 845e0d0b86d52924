package dev.cooper.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A child process that inherits exactly the file descriptors it is given, which Java's own process
 * builder cannot pass on. It starts with no signal blocked or ignored.
 */
public final class Child {
  private static final Libc.Function SPAWN = new Libc.Function("posix_spawn");
  private static final Libc.Function ACTIONS_INIT =
      new Libc.Function("posix_spawn_file_actions_init");
  private static final Libc.Function ACTIONS_DUP2 =
      new Libc.Function("posix_spawn_file_actions_adddup2");
  private static final Libc.Function ACTIONS_CLOSE =
      new Libc.Function("posix_spawn_file_actions_addclose");
  private static final Libc.Function ACTIONS_CLOSE_FROM =
      new Libc.Function("posix_spawn_file_actions_addclosefrom_np");
  private static final Libc.Function ACTIONS_CHANGE_DIRECTORY =
      new Libc.Function("posix_spawn_file_actions_addchdir_np");
  private static final Libc.Function ACTIONS_DESTROY =
      new Libc.Function("posix_spawn_file_actions_destroy");
  private static final Libc.Function ATTRIBUTES_INIT = new Libc.Function("posix_spawnattr_init");
  private static final Libc.Function ATTRIBUTES_FLAGS =
      new Libc.Function("posix_spawnattr_setflags");
  private static final Libc.Function ATTRIBUTES_MASK =
      new Libc.Function("posix_spawnattr_setsigmask");
  private static final Libc.Function ATTRIBUTES_DEFAULT =
      new Libc.Function("posix_spawnattr_setsigdefault");
  private static final Libc.Function FCNTL = new Libc.Function("fcntl");
  private static final Libc.Function WAITPID = new Libc.Function("waitpid");
  private static final int SETSIGDEF = 4;
  private static final int SETSIGMASK = 8;
  private static final int SETSID = 0x80;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int OPAQUE_BYTES = 512;
  private static final int SIGNAL_SET_BYTES = 128;

  private final int pid;
  private final String program;
  private int status = -1;

  private Child(int pid, String program) {
    this.pid = pid;
    this.program = program;
  }

  /**
   * What to start.
   *
   * @param program the file to execute; no search of PATH
   * @param arguments all of them, the program's own name first
   * @param environment all of it
   * @param descriptors the child's descriptor numbers, each with one of this process; others are
   *     closed. A missing 0, 1 or 2 is closed too
   * @param directory where it starts; null for this process's own
   * @param newSession whether it leaves the terminal and the signals of its process group
   */
  public record Command(
      Path program,
      List<String> arguments,
      Map<String, String> environment,
      Map<Integer, Integer> descriptors,
      @Nullable Path directory,
      boolean newSession) {
    public Command {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
      descriptors = Map.copyOf(descriptors);
    }
  }

  /**
   * Starts {@code command}. Needs the GNU C library 2.34.
   *
   * @throws LinuxException ENOENT, EACCES or ENOEXEC if the program cannot be executed
   */
  public static Child start(Command command) throws LinuxException {
    List<FileHandle> copies = new ArrayList<>();
    try (Frame frame = Frame.open()) {
      Frame.Block actions = frame.block(OPAQUE_BYTES);
      check(command, ACTIONS_INIT, frame, actions.address());
      try {
        return start(command, frame, actions.address(), copies);
      } finally {
        long _ = frame.raw(ACTIONS_DESTROY, actions.address(), 0, 0, 0, 0, 0, 0);
      }
    } finally {
      copies.forEach(FileHandle::close);
    }
  }

  private static Child start(Command command, Frame frame, long actions, List<FileHandle> copies)
      throws LinuxException {
    TreeMap<Integer, Integer> descriptors = new TreeMap<>(command.descriptors());
    int end = descriptors.isEmpty() ? 0 : descriptors.lastKey() + 1;
    for (Map.Entry<Integer, Integer> entry : descriptors.entrySet()) {
      // A copy above all targets, so that one assignment cannot overwrite another's source.
      int copy = frame.call("descriptor", FCNTL, entry.getValue(), F_DUPFD_CLOEXEC, end);
      copies.add(new FileHandle(copy, "descriptor"));
      check(command, ACTIONS_DUP2, frame, actions, copy, entry.getKey());
    }
    for (int hole = 0; hole < end; hole++) {
      if (!descriptors.containsKey(hole)) {
        // Everything not given is closed on exec or here; holes are rare and below the last one.
        check(command, ACTIONS_CLOSE, frame, actions, hole);
      }
    }
    check(command, ACTIONS_CLOSE_FROM, frame, actions, end);
    if (command.directory() != null) {
      check(command, ACTIONS_CHANGE_DIRECTORY, frame, actions, frame.path(command.directory()));
    }
    long attributes = frame.block(OPAQUE_BYTES).address();
    check(command, ATTRIBUTES_INIT, frame, attributes);
    int flags = SETSIGDEF | SETSIGMASK | (command.newSession() ? SETSID : 0);
    check(command, ATTRIBUTES_FLAGS, frame, attributes, flags);
    Frame.Block none = frame.block(SIGNAL_SET_BYTES);
    check(command, ATTRIBUTES_MASK, frame, attributes, none.address());
    Frame.Block all = frame.block(SIGNAL_SET_BYTES);
    for (int i = 0; i < 8; i++) {
      all.buffer().put(i, (byte) 0xff);
    }
    check(command, ATTRIBUTES_DEFAULT, frame, attributes, all.address());
    List<String> environment = new ArrayList<>();
    command.environment().forEach((name, value) -> environment.add(name + "=" + value));
    Frame.Block pid = frame.block(8);
    check(
        command,
        SPAWN,
        frame,
        pid.address(),
        frame.path(command.program()),
        actions,
        attributes,
        strings(frame, command.arguments()),
        strings(frame, environment));
    return new Child(pid.buffer().getInt(0), command.program().toString());
  }

  /** These functions return the error number itself. */
  private static void check(Command command, Libc.Function function, Frame frame, long... x)
      throws LinuxException {
    int error =
        (int)
            frame.raw(
                function,
                x[0],
                x.length > 1 ? x[1] : 0,
                x.length > 2 ? x[2] : 0,
                x.length > 3 ? x[3] : 0,
                x.length > 4 ? x[4] : 0,
                x.length > 5 ? x[5] : 0,
                0);
    if (error != 0) {
      throw new LinuxException(function.name(), error, command.program().toString());
    }
  }

  private static long strings(Frame frame, List<String> texts) {
    Frame.Block array = frame.block(8 * (texts.size() + 1));
    for (int i = 0; i < texts.size(); i++) {
      array.buffer().putLong(8 * i, frame.bytes(texts.get(i).getBytes(StandardCharsets.UTF_8)));
    }
    return array.address();
  }

  /** Its process number, valid until {@link #waitFor} has returned. */
  public int pid() {
    return pid;
  }

  /**
   * Waits for its end. Blocks a kernel thread. Must be called once, or the process stays a zombie
   * for as long as this process lives; again it returns the same.
   *
   * @return its exit code, or 128 plus the signal that ended it
   */
  public synchronized int waitFor() throws LinuxException {
    if (status < 0) {
      try (Frame frame = Frame.open()) {
        Frame.Block block = frame.block(8);
        frame.call(program, WAITPID, pid, block.address(), 0);
        int raw = block.buffer().getInt(0);
        status = (raw & 0x7f) == 0 ? raw >> 8 & 0xff : 128 + (raw & 0x7f);
      }
    }
    return status;
  }
}
