package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether this machine starts programs of another processor: its kernel hands them to an emulator
 * that is registered for their format (Linux, admin-guide/binfmt-misc.rst).
 */
public final class ForeignPrograms {
  private static final Path REGISTERED = Path.of("/proc/sys/fs/binfmt_misc");
  private static final int HEADER = 20;
  private static final int MACHINE = 18;
  private static final byte EXECUTABLE = 2;
  private static final String INSTALL =
      "install the emulators: apt-get install qemu-user-static binfmt-support";

  private final Path registered;
  private final Platform host;

  ForeignPrograms(Path registered, Platform host) {
    this.registered = registered;
    this.host = host;
  }

  /** Of this machine. */
  public static ForeignPrograms ofThisMachine() {
    return new ForeignPrograms(REGISTERED, Platform.host());
  }

  /**
   * Makes sure that programs for a platform start here, in containers too.
   *
   * @throws CooperException.Failed with what to install, if they do not
   */
  public void require(Platform platform) throws IOException {
    if (isNative(platform)) {
      return;
    }
    byte @Nullable [] program = header(platform.architecture());
    if (program == null || !platform.os().equals(host.os())) {
      throw new CooperException.Failed(
          cannot(platform), "no emulator for it is known: leave out what has to run", null);
    }
    String interpreter = null;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(registered)) {
      for (Path entry : entries) {
        Map<String, String> fields = fields(entry);
        if (matches(fields, program)) {
          if (fields.getOrDefault("flags:", "").indexOf('F') >= 0) {
            return;
          }
          interpreter = fields.get("interpreter");
        }
      }
    } catch (java.nio.file.NoSuchFileException | DirectoryIteratorException e) {
      // Nothing is registered.
    }
    throw new CooperException.Failed(
        cannot(platform),
        interpreter == null
            ? INSTALL
            : interpreter
                + " is registered without the flag F, so that containers do not see it; "
                + INSTALL,
        null);
  }

  private String cannot(Platform platform) {
    return "programs for " + platform + " do not run on this machine, which is " + host;
  }

  private boolean isNative(Platform platform) {
    if (!platform.os().equals(host.os())) {
      return false;
    }
    String wanted = platform.architecture();
    return switch (host.architecture()) {
      // Whether the processor still has the 32-bit instructions is for the kernel to say.
      case "amd64" -> wanted.equals("amd64") || wanted.equals("386");
      case "arm64" -> wanted.equals("arm64") || wanted.equals("arm");
      default -> wanted.equals(host.architecture());
    };
  }

  /** The lines of a registration, {@code name value}; empty of what is none. */
  private static Map<String, String> fields(Path entry) throws IOException {
    Map<String, String> fields = new HashMap<>();
    String name = String.valueOf(entry.getFileName());
    if (name.equals("register") || name.equals("status")) {
      return fields;
    }
    for (String line : Files.readString(entry, StandardCharsets.ISO_8859_1).split("\n")) {
      int blank = line.indexOf(' ');
      fields.put(
          blank < 0 ? line : line.substring(0, blank),
          blank < 0 ? "" : line.substring(blank + 1).strip());
    }
    return fields;
  }

  private static boolean matches(Map<String, String> fields, byte[] program) {
    String magic = fields.get("magic");
    if (magic == null || !fields.containsKey("enabled")) {
      return false;
    }
    byte[] wanted;
    byte[] mask;
    int offset;
    try {
      wanted = HexFormat.of().parseHex(magic);
      String masked = fields.get("mask");
      mask = masked == null ? null : HexFormat.of().parseHex(masked);
      offset = Integer.parseInt(fields.getOrDefault("offset", "0"));
    } catch (IllegalArgumentException e) {
      return false;
    }
    // What is behind the header's first part is not told apart by any emulator.
    for (int i = 0; i < wanted.length; i++) {
      int at = offset + i;
      int bits = mask == null || i >= mask.length ? 0xff : mask[i];
      int there = at < program.length ? program[at] : 0;
      if ((there & bits & 0xff) != (wanted[i] & bits & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** How a program for an architecture begins (System V ABI, "ELF header"). */
  private static byte @Nullable [] header(String architecture) {
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
