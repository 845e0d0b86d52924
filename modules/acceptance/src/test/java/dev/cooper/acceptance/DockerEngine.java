package dev.cooper.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine of the test's own, to compare with: its files and its socket are its own, it has
 * no bridge, and everything goes when it is closed.
 */
public final class DockerEngine implements AutoCloseable {
  private static final Path DAEMON = Path.of("/usr/sbin/dockerd");
  private static final Path CLIENT = Path.of("/usr/bin/docker");

  private final Path directory;
  private final Process daemon;

  private DockerEngine(Path directory, Process daemon) {
    this.directory = directory;
    this.daemon = daemon;
  }

  /** Whether an engine can be had: Debian's package docker.io, and root. */
  public static boolean isAvailable() {
    return Files.isExecutable(DAEMON)
        && Files.isExecutable(CLIENT)
        && "root".equals(System.getProperty("user.name"));
  }

  /** Starts an engine whose files are below {@code directory}. */
  public static DockerEngine start(Path directory) throws Exception {
    Files.createDirectories(directory);
    Process daemon =
        new ProcessBuilder(
                DAEMON.toString(),
                "--data-root",
                directory.resolve("data").toString(),
                "--exec-root",
                directory.resolve("exec").toString(),
                "--pidfile",
                directory.resolve("pid").toString(),
                "--host",
                "unix://" + directory.resolve("sock"),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    DockerEngine engine = new DockerEngine(directory, daemon);
    for (int attempt = 0; attempt < 600 && daemon.isAlive(); attempt++) {
      if (Files.exists(directory.resolve("sock")) && engine.answers()) {
        return engine;
      }
      Thread.sleep(100);
    }
    String log = Files.readString(directory.resolve("log"));
    engine.close();
    throw new IllegalStateException(log);
  }

  /** The words that start its client. */
  public List<String> client() {
    return List.of(CLIENT.toString(), "-H", "unix://" + directory.resolve("sock"));
  }

  private boolean answers() throws Exception {
    return new ProcessBuilder(
                CLIENT.toString(), "-H", "unix://" + directory.resolve("sock"), "version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Override
  public void close() throws Exception {
    daemon.destroy();
    if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
      int unused = daemon.destroyForcibly().waitFor();
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts")).reversed()) {
      String target = line.split(" ")[1];
      if (target.startsWith(directory.toString())) {
        command("umount", "-l", target);
      }
    }
    command("rm", "-rf", directory.toString());
  }

  private static void command(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + output);
    }
  }
}
