package dev.cooper.acceptance.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine of the test's own: its files, its socket and its bridge are its own too, and all
 * go when it is closed.
 */
final class DockerEngine implements AutoCloseable {
  private static final Path DAEMON = Path.of("/usr/sbin/dockerd");
  private static final Path CLIENT = Path.of("/usr/bin/docker");

  private final Path directory;
  private final String bridge;
  private final Process daemon;

  private DockerEngine(Path directory, String bridge, Process daemon) {
    this.directory = directory;
    this.bridge = bridge;
    this.daemon = daemon;
  }

  /** Whether an engine can be had: Debian's package docker.io, and root. */
  static boolean isAvailable() {
    return Files.isExecutable(DAEMON)
        && Files.isExecutable(CLIENT)
        && "root".equals(System.getProperty("user.name"));
  }

  /** Starts an engine whose files are below {@code directory}. */
  static DockerEngine start(Path directory) throws Exception {
    String bridge = "cpt" + ProcessHandle.current().pid() % 100_000;
    int block = (int) (ProcessHandle.current().pid() % 250);
    command(List.of("ip", "link", "add", bridge, "type", "bridge"));
    command(List.of("ip", "addr", "add", "10.213." + block + ".1/24", "dev", bridge));
    command(List.of("ip", "link", "set", bridge, "up"));
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
                "--bridge",
                bridge,
                "--iptables=false",
                "--ip-masq=false")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    DockerEngine engine = new DockerEngine(directory, bridge, daemon);
    for (int attempt = 0; attempt < 600; attempt++) {
      if (Files.exists(directory.resolve("sock"))
          && engine.run(Map.of(), List.of("version")).exitCode() == 0) {
        return engine;
      }
      if (!daemon.isAlive()) {
        break;
      }
      Thread.sleep(100);
    }
    engine.close();
    throw new IllegalStateException(Files.readString(directory.resolve("log")));
  }

  /** What a client's command came to. */
  record Outcome(int exitCode, String output, String error) {}

  /** Runs the client. */
  Outcome run(Map<String, String> environment, List<String> words) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(CLIENT.toString());
    all.add("-H");
    all.add("unix://" + directory.resolve("sock"));
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().putAll(environment);
    Path error = Files.createTempFile(directory, "error", "");
    Process process = builder.redirectError(error.toFile()).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    String errors = Files.readString(error);
    Files.delete(error);
    return new Outcome(code, output, errors);
  }

  private static void command(List<String> words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(words + ": " + output);
    }
  }

  @Override
  public void close() throws Exception {
    daemon.destroy();
    if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
      daemon.destroyForcibly().waitFor();
    }
    command(List.of("ip", "link", "delete", bridge));
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts")).reversed()) {
      String target = line.split(" ")[1];
      if (target.startsWith(directory.toString())) {
        command(List.of("umount", "-l", target));
      }
    }
    command(List.of("rm", "-rf", directory.toString()));
  }
}
