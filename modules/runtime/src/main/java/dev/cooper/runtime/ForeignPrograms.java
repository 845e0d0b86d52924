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
  private static final Path REGISTERED = Path.of("proc/sys/fs/binfmt_misc");
  private static final String INSTALL =
      "install the emulators: apt-get install qemu-user-static binfmt-support";

  private final Path root;
  private final Path registered;
  private final Platform host;

  /**
   * @param root where the machine's files begin
   */
  ForeignPrograms(Path root, Platform host) {
    this.root = root;
    this.registered = root.resolve(REGISTERED);
    this.host = host;
  }

  /** Of this machine. */
  public static ForeignPrograms ofThisMachine() {
    return new ForeignPrograms(Path.of("/"), Platform.host());
  }

  /**
   * Makes sure that programs for a platform start here, in containers too.
   *
   * @throws CooperException.Failed with what to do, if they do not
   */
  public void require(Platform platform) throws IOException {
    String missing = missing(platform);
    if (missing != null) {
      throw new CooperException.Failed(cannot(platform), missing, null);
    }
  }

  /** What has to be done so that programs for a platform start here; null if they do. */
  public @Nullable String missing(Platform platform) throws IOException {
    if (isNative(platform)) {
      return null;
    }
    byte @Nullable [] program = Emulators.header(platform.architecture());
    if (program == null || !platform.os().equals(host.os())) {
      return "no emulator for it is known: leave out what has to run";
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(registered)) {
      for (Path entry : entries) {
        Map<String, String> fields = fields(entry);
        if (matches(fields, program)) {
          if (!fields.containsKey("enabled")) {
            return "its emulator is switched off: echo 1 > " + entry;
          }
          return fields.getOrDefault("flags:", "").indexOf('F') >= 0
              ? null
              : fields.get("interpreter")
                  + " is registered without the flag F, so that containers do not see it; "
                  + INSTALL;
        }
      }
    } catch (java.nio.file.NoSuchFileException | DirectoryIteratorException e) {
      // Nothing is registered.
    }
    return unregistered(Emulators.name(platform.architecture()));
  }

  /** What to do where the kernel knows of no emulator, which may be installed all the same. */
  private String unregistered(String name) {
    String emulator = "qemu-" + name;
    if (!isExecutable("usr/bin/" + emulator + "-static") && !isExecutable("usr/bin/" + emulator)) {
      return INSTALL;
    }
    StringBuilder what = new StringBuilder(emulator);
    what.append(" is installed, but not registered with the kernel: ");
    if (!Files.exists(registered.resolve("register"))) {
      // Containers and machines without systemd often lack it.
      what.append("mount -t binfmt_misc binfmt_misc /").append(REGISTERED).append(" && ");
    }
    if (!isExecutable("usr/sbin/update-binfmts")) {
      what.append("apt-get install binfmt-support && ");
    }
    return what.append("update-binfmts --enable ").append(emulator).toString();
  }

  private boolean isExecutable(String path) {
    return Files.isExecutable(root.resolve(path));
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
    if (magic == null) {
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
}
