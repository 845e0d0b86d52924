package dev.cooper.engine;

import dev.cooper.runtime.Conmon;
import dev.cooper.runtime.OciRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The programs that containers need, looked for when first needed. */
final class Machinery {
  private final Path root;
  private @Nullable OciRuntime runtime;
  private @Nullable Conmon conmon;

  Machinery(Path root) {
    this.root = root;
  }

  /** Where files lie that do not outlive the machine's boot; stores do not share it. */
  Path transientDirectory() {
    // FNV-1a: a name that differs is all that is wanted, and SHA-256 takes its time to be found.
    long hash = 0xcbf29ce484222325L;
    for (byte octet : root.toString().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
    }
    return Path.of("/run/cooper", HexFormat.of().toHexDigits(hash, 12));
  }

  synchronized OciRuntime runtime() {
    if (runtime == null) {
      runtime = OciRuntime.find(transientDirectory().resolve("runtime"));
    }
    return runtime;
  }

  synchronized Conmon conmon() {
    if (conmon == null) {
      conmon = Conmon.find(runtime());
    }
    return conmon;
  }

  /**
   * What the monitor runs once the container has ended. A command that waits for the container
   * cleans up itself, sooner than another virtual machine could; only if it has gone, or was never
   * there, the shell starts one.
   *
   * @param attendant the number of the process that waits; 0 if none does
   */
  List<String> afterwards(ContainerFolder folder, String id, long attendant) {
    List<String> words = new ArrayList<>();
    words.add("/bin/sh");
    words.add("-c");
    words.add(
        "u=$1 p=$2; shift 2; while [ -e \"$u\" ] && [ \"$p\" -gt 0 ] && kill -0 \"$p\" 2>/dev/null;"
            + " do sleep 0.2; done; [ ! -e \"$u\" ] || exec \"$@\"");
    words.add("cooper-afterwards");
    words.add(folder.unclean().toString());
    words.add(Long.toString(attendant));
    words.addAll(self());
    words.addAll(List.of("--root", root.toString(), "container", "cleanup", id));
    return words;
  }

  /** The words that start this program again. */
  private static List<String> self() {
    String home = System.getProperty("cooper.home");
    if (home != null) {
      return List.of("/usr/bin/env", "COOPER_SKIP_BUILD=1", home + "/cooper");
    }
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path", ""),
        "dev.cooper.cli.Main");
  }
}
