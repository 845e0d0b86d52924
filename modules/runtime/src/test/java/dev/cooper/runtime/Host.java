package dev.cooper.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.linux.Linux;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What the tests need of the machine, and a small root file system made of its busybox. */
public final class Host {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private Host() {}

  /** Skips the test, saying why, unless this is root on Linux and the programs are there. */
  public static void needs(String... programs) {
    assumeTrue(Linux.available(), "SKIPPED: not Linux");
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "SKIPPED: running containers needs root");
    for (String program : programs) {
      assumeTrue(
          Tool.find(program).isPresent() || Files.isExecutable(Path.of(program)),
          "SKIPPED: " + program + " is not installed");
    }
    assumeTrue(Files.isExecutable(BUSYBOX), "SKIPPED: busybox-static is not installed");
  }

  /** Fills {@code root} with busybox, its links, and a few accounts. */
  public static Path root(Path root) throws IOException {
    Files.createDirectories(root.resolve("bin"));
    for (String directory : List.of("proc", "sys", "dev", "etc", "tmp", "root")) {
      Files.createDirectories(root.resolve(directory));
    }
    Files.copy(BUSYBOX, root.resolve("bin/busybox"));
    for (String name :
        List.of(
            "sh",
            "cat",
            "echo",
            "id",
            "true",
            "sleep",
            "stty",
            "mount",
            "ip",
            "wget",
            "nc",
            "hostname",
            "kill",
            "ls",
            "ping",
            "touch",
            "head",
            "env",
            "pwd",
            "nslookup",
            "grep",
            "printf",
            "yes",
            "httpd",
            "unshare",
            "test")) {
      Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
    }
    write(
        root, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\n");
    write(root, "etc/group", "root:x:0:\napps:x:1001:\nwheel:x:10:root,app\nvideo:x:44:app\n");
    Path script = write(root, "noexec.sh", "#!/bin/sh\necho hi\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
    Path orphan = write(root, "orphan.sh", "#!/bin/nosuch\necho hi\n");
    Files.setPosixFilePermissions(orphan, PosixFilePermissions.fromString("rwxr-xr-x"));
    return root;
  }

  private static Path write(Path root, String name, String text) throws IOException {
    return Files.write(root.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  /** A process with a usual PATH. */
  public static ContainerProcess process(String... arguments) {
    return ContainerProcess.of(List.of(arguments))
        .withEnvironment(
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
  }

  /** The cgroups that exist for a container. */
  static List<Path> cgroups(String id) throws IOException {
    List<Path> groups = new ArrayList<>();
    groups.add(Cgroups.MOUNT.resolve("cooper").resolve(id));
    try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(Cgroups.MOUNT)) {
      hierarchies.forEach(hierarchy -> groups.add(hierarchy.resolve("cooper").resolve(id)));
    }
    groups.removeIf(group -> !Files.exists(group));
    return groups;
  }

  public static String id(String prefix) {
    return prefix + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  }
}
