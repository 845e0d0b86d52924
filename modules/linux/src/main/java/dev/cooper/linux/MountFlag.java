package dev.cooper.linux;

import java.util.Set;

/** The flags of mount(2). */
public enum MountFlag {
  READ_ONLY(1),
  NO_SUID(2),
  NO_DEVICES(4),
  NO_EXEC(8),
  SYNCHRONOUS(16),
  REMOUNT(32),
  NO_ACCESS_TIME(1024),
  NO_DIRECTORY_ACCESS_TIME(2048),
  BIND(4096),
  MOVE(8192),
  RECURSIVE(16384),
  UNBINDABLE(1 << 17),
  PRIVATE(1 << 18),
  SLAVE(1 << 19),
  SHARED(1 << 20),
  RELATIVE_ACCESS_TIME(1 << 21);

  private final long bit;

  MountFlag(long bit) {
    this.bit = bit;
  }

  static long bits(Set<MountFlag> flags) {
    long bits = 0;
    for (MountFlag flag : flags) {
      bits |= flag.bit;
    }
    return bits;
  }
}
