package dev.cooper.elf;

import java.nio.ByteOrder;

/**
 * The processor that a file is for.
 *
 * @param number the file's {@code e_machine}, 0 to 65535
 * @param bits 32 or 64
 * @param order the byte order of the file
 */
public record Machine(int number, int bits, ByteOrder order) {

  /**
   * The name that images use ({@code amd64}, {@code arm64}, {@code ppc64le} …: Go's GOARCH), also
   * for processors that Go does not know. A number that has no name here gives {@code machine-N}.
   */
  public String architecture() {
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    boolean wide = bits == 64;
    return switch (number) {
      case 2, 18 -> "sparc";
      case 3 -> "386";
      case 4 -> "m68k";
      case 8 -> (wide ? "mips64" : "mips") + (little ? "le" : "");
      case 15 -> "hppa";
      case 20 -> little ? "ppcle" : "ppc";
      case 21 -> little ? "ppc64le" : "ppc64";
      case 22 -> wide ? "s390x" : "s390";
      case 40 -> little ? "arm" : "armbe";
      case 42 -> little ? "sh4" : "sh4be";
      case 43 -> "sparc64";
      case 50 -> "ia64";
      case 62 -> wide ? "amd64" : "amd64p32";
      case 94 -> "xtensa";
      case 183 -> little ? "arm64" : "arm64be";
      case 189 -> "microblaze";
      case 195 -> "arc";
      case 243 -> wide ? "riscv64" : "riscv";
      case 247 -> "bpf";
      case 252 -> "csky";
      case 258 -> wide ? "loong64" : "loong32";
      case 0x9026 -> "alpha";
      default -> "machine-" + number;
    };
  }
}
