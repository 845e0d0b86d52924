package dev.cooper.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The native memory of one or a few calls: their strings and structures, and where errno lands.
 * Frames are reused, so that a call costs no allocation. A frame belongs to one thread from {@link
 * #open} to {@link #close}.
 *
 * <p>Byte buffers rather than memory segments read and write it: a segment's accessors spin method
 * handles, which costs milliseconds in a process that lives for a tenth of a second.
 */
final class Frame implements AutoCloseable {
  private static final int SIZE = 16 * 1024;
  private static final int ERRNO_BYTES = 16;
  private static final ConcurrentLinkedQueue<Frame> IDLE = new ConcurrentLinkedQueue<>();

  private final ByteBuffer memory = allocate(SIZE);
  private final MemorySegment segment = MemorySegment.ofBuffer(memory);
  private final long base = segment.address();
  private final List<ByteBuffer> overflow = new ArrayList<>(0);
  private int used = ERRNO_BYTES;

  private Frame() {}

  static Frame open() {
    Frame idle = IDLE.poll();
    return idle == null ? new Frame() : idle;
  }

  @Override
  public void close() {
    used = ERRNO_BYTES;
    overflow.clear();
    IDLE.add(this);
  }

  /** A zeroed block of native memory, aligned to 8 bytes, that lives until the frame closes. */
  Block block(int size) {
    int start = (used + 7) & ~7;
    if (start + (long) size > SIZE) {
      ByteBuffer large = allocate(size);
      overflow.add(large);
      return new Block(large, MemorySegment.ofBuffer(large).address());
    }
    used = start + size;
    ByteBuffer slice = memory.slice(start, size).order(ByteOrder.nativeOrder());
    for (int i = 0; i < size; i++) {
      slice.put(i, (byte) 0);
    }
    return new Block(slice, base + start);
  }

  /** The address of a copy of {@code bytes} with a zero byte behind it. */
  long bytes(byte[] bytes) {
    Block block = block(bytes.length + 1);
    block.buffer().put(0, bytes);
    return block.address();
  }

  /** The address of a C string; 0 for null. */
  long string(@Nullable String text) {
    return text == null ? 0 : bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The address of a path as a C string. */
  long path(Path path) {
    return bytes(NativePath.bytes(path));
  }

  /** Calls {@code function} and returns what it returned, whatever that is. */
  long raw(Libc.Function function, long a, long b, long c, long d, long e, long f, long g)
      throws LinuxException {
    MemorySegment address = function.address();
    try {
      return (long) Libc.Linked.CALL.invokeExact(address, segment, a, b, c, d, e, f, g);
    } catch (Error | RuntimeException failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** errno as the last call of this frame left it. */
  int errno() {
    return memory.getInt(0);
  }

  /** Calls a function that returns an int, -1 for failure; begins again when interrupted. */
  int call(@Nullable Object subject, Libc.Function function, long... arguments)
      throws LinuxException {
    return (int) longCall(subject, true, function, arguments);
  }

  /** Calls a function that returns a size, -1 for failure; begins again when interrupted. */
  long longCall(@Nullable Object subject, Libc.Function function, long... arguments)
      throws LinuxException {
    return longCall(subject, false, function, arguments);
  }

  private long longCall(@Nullable Object subject, boolean isInt, Libc.Function function, long... x)
      throws LinuxException {
    while (true) {
      long result =
          raw(function, at(x, 0), at(x, 1), at(x, 2), at(x, 3), at(x, 4), at(x, 5), at(x, 6));
      if (isInt ? (int) result != -1 : result != -1) {
        return result;
      }
      int errno = errno();
      if (errno != Errno.EINTR.number()) {
        String name = function == Libc.SYSCALL ? systemCallName((int) x[0]) : function.name();
        throw new LinuxException(name, errno, subject == null ? null : subject.toString());
      }
    }
  }

  private static long at(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0;
  }

  private static String systemCallName(int number) {
    return switch (number) {
      case Libc.SYS_PIDFD_SEND_SIGNAL -> "pidfd_send_signal";
      case Libc.SYS_MOVE_MOUNT -> "move_mount";
      case Libc.SYS_FSOPEN -> "fsopen";
      case Libc.SYS_FSCONFIG -> "fsconfig";
      case Libc.SYS_FSMOUNT -> "fsmount";
      case Libc.SYS_PIDFD_OPEN -> "pidfd_open";
      case Libc.SYS_CLOSE_RANGE -> "close_range";
      case Libc.SYS_OPENAT2 -> "openat2";
      default -> "system call " + number;
    };
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  /** A piece of native memory: its bytes, in the machine's order, and its address. */
  record Block(ByteBuffer buffer, long address) {}
}
