package dev.cooper.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine of the test's own, to compare with: its files, its socket and its bridge, where
 * it has one, are its own, and everything goes when it is closed.
 */
public final class DockerEngine implements AutoCloseable {
  private static final Path DAEMON = Path.of("/usr/sbin/dockerd");
  private static final Path CLIENT = Path.of("/usr/bin/docker");

  private final Path directory;
  private final @Nullable String bridge;
  private final Process daemon;

  private DockerEngine(Path directory, @Nullable String bridge, Process daemon) {
    this.directory = directory;
    this.bridge = bridge;
    this.daemon = daemon;
  }

  /** Whether an engine can be had: Debian's package docker.io, and root. */
  public static boolean isAvailable() {
    return Files.isExecutable(DAEMON)
        && Files.isExecutable(CLIENT)
        && "root".equals(System.getProperty("user.name"));
  }

  /** Starts an engine without a network whose files are below {@code directory}. */
  public static DockerEngine start(Path directory) throws Exception {
    return start(directory, null, List.of("--bridge=none", "--ip6tables=false"));
  }

  /** Starts an engine with a bridge whose files are below {@code directory}. */
  public static DockerEngine startWithBridge(Path directory) throws Exception {
    String bridge = "cpt" + ProcessHandle.current().pid() % 100_000;
    int block = (int) (ProcessHandle.current().pid() % 250);
    command("ip", "link", "add", bridge, "type", "bridge");
    command("ip", "addr", "add", "10.213." + block + ".1/24", "dev", bridge);
    command("ip", "link", "set", bridge, "up");
    // In memory: what it keeps is thrown away, and waiting for disks is most of its time.
    command(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=2g",
        "cooper-test",
        Files.createDirectories(directory.resolve("data")).toString());
    return start(directory, bridge, List.of("--bridge", bridge, "--ip-masq=false"));
  }

  private static DockerEngine start(Path directory, @Nullable String bridge, List<String> network)
      throws Exception {
    Files.createDirectories(directory.resolve("data"));
    List<String> words =
        new ArrayList<>(
            List.of(
                DAEMON.toString(),
                "--data-root",
                directory.resolve("data").toString(),
                "--exec-root",
                directory.resolve("exec").toString(),
                "--pidfile",
                directory.resolve("pid").toString(),
                "--host",
                "unix://" + directory.resolve("sock"),
                "--iptables=false"));
    words.addAll(network);
    Process daemon =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    DockerEngine engine = new DockerEngine(directory, bridge, daemon);
    for (int attempt = 0; attempt < 600 && daemon.isAlive(); attempt++) {
      if (Files.exists(directory.resolve("sock"))
          && engine.run(Map.of(), List.of("version")).exitCode() == 0) {
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

  /** What a client's command came to. */
  public record Outcome(int exitCode, String output, String error) {}

  /** Runs the client, with nothing to read. */
  public Outcome run(Map<String, String> environment, List<String> words) throws Exception {
    List<String> all = new ArrayList<>(client());
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

  @Override
  public void close() throws Exception {
    daemon.destroy();
    if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
      int unused = daemon.destroyForcibly().waitFor();
    }
    if (bridge != null) {
      command("ip", "link", "delete", bridge);
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
