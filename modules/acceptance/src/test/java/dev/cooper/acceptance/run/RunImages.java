package dev.cooper.acceptance.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The images that the cases run, built by whichever engine is tested, from one context. */
final class RunImages {
  static final Path BUSYBOX = Path.of("/bin/busybox");

  private RunImages() {}

  /** Writes the contexts {@code busybox} and {@code script} below {@code folder}. */
  static void writeContexts(Path folder) throws Exception {
    Path root = Files.createDirectories(folder.resolve("busybox/rootfs"));
    for (String name : List.of("bin", "etc", "tmp", "root", "home/bob", "var/log", "proc", "sys")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.setPosixFilePermissions(
        root.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.copy(BUSYBOX, root.resolve("bin/busybox"));
    Process list = new ProcessBuilder(BUSYBOX.toString(), "--list").start();
    for (String applet :
        new String(list.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .lines()
            .toList()) {
      if (!applet.equals("busybox")) {
        Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
      }
    }
    Files.writeString(
        root.resolve("etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000:bob:/home/bob:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\nbob:x:1000:\nstaff:x:50:bob\n");
    Files.writeString(root.resolve("home/bob/hello"), "h\n");
    Files.writeString(
        folder.resolve("busybox/Dockerfile"),
        """
        FROM scratch
        COPY rootfs /
        ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        CMD ["sh"]
        """);
    Path script = Files.createDirectories(folder.resolve("script"));
    Path entry = script.resolve("entry");
    Files.writeString(entry, "#!/bin/sh\nfor word in \"$@\"; do echo \"[$word]\"; done\n");
    Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        script.resolve("Dockerfile"),
        """
        FROM busybox
        COPY entry /entry
        ENTRYPOINT ["/entry"]
        CMD ["one","two"]
        """);
  }

  /** Builds both with an engine. */
  static void build(Path folder, List<String> engine) throws Exception {
    for (String name : List.of("busybox", "script")) {
      List<String> words = new ArrayList<>(engine);
      words.addAll(List.of("build", "-q", "-t", name, folder.resolve(name).toString()));
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().put("DOCKER_BUILDKIT", "0");
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + ": " + said);
      }
    }
  }

  /** The words that start Cooper's command on a store of its own. */
  static List<String> cooper(Path root) {
    return cooper(root, System.getProperty("java.class.path"));
  }

  /** The same of classes that lie elsewhere. */
  static List<String> cooper(Path root, String classPath) {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        classPath,
        "dev.cooper.cli.Main",
        "--root",
        root.toString());
  }
}
