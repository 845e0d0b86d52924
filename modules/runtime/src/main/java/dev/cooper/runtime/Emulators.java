package dev.cooper.runtime;

import org.jspecify.annotations.Nullable;

/** What is known of the processors that qemu-user emulates. */
final class Emulators {
  private static final int HEADER = 20;
  private static final int MACHINE = 18;
  private static final byte EXECUTABLE = 2;

  private Emulators() {}

  /** What QEMU calls an architecture. */
  static String name(String architecture) {
    return switch (architecture) {
      case "386" -> "i386";
      case "amd64" -> "x86_64";
      case "arm64" -> "aarch64";
      case "loong64" -> "loongarch64";
      case "mipsle" -> "mipsel";
      case "mips64le" -> "mips64el";
      default -> architecture;
    };
  }

  /** How a program for an architecture begins (System V ABI, "ELF header"). */
  static byte @Nullable [] header(String architecture) {
    return switch (architecture) {
      case "386" -> header(32, false, 3);
      case "amd64" -> header(64, false, 62);
      case "arm" -> header(32, false, 40);
      case "arm64" -> header(64, false, 183);
      case "riscv64" -> header(64, false, 243);
      case "loong64" -> header(64, false, 258);
      case "ppc64le" -> header(64, false, 21);
      case "ppc64" -> header(64, true, 21);
      case "s390x" -> header(64, true, 22);
      case "mips" -> header(32, true, 8);
      case "mipsle" -> header(32, false, 8);
      case "mips64" -> header(64, true, 8);
      case "mips64le" -> header(64, false, 8);
      case "sparc64" -> header(64, true, 43);
      default -> null;
    };
  }

  private static byte[] header(int bits, boolean bigEndian, int machine) {
    byte[] header = new byte[HEADER];
    header[0] = 0x7f;
    header[1] = 'E';
    header[2] = 'L';
    header[3] = 'F';
    header[4] = (byte) (bits == 64 ? 2 : 1);
    header[5] = (byte) (bigEndian ? 2 : 1);
    header[6] = 1;
    header[bigEndian ? MACHINE - 1 : MACHINE - 2] = EXECUTABLE;
    header[bigEndian ? MACHINE + 1 : MACHINE] = (byte) machine;
    header[bigEndian ? MACHINE : MACHINE + 1] = (byte) (machine >> 8);
    return header;
  }
}
