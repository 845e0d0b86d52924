package dev.cooper.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's docker-registry on the loopback address, with files of its own. */
public final class RegistryServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
  private static final String ACCEPTED =
      "application/vnd.oci.image.index.v1+json,application/vnd.oci.image.manifest.v1+json";

  private final String domain;
  private final Process process;

  private RegistryServer(String domain, Process process) {
    this.domain = domain;
    this.process = process;
  }

  /** Whether there is one: Debian's package docker-registry. */
  public static boolean isAvailable() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts one whose files are in an empty directory. */
  public static RegistryServer start(Path directory) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path config = directory.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error}
        storage: {filesystem: {rootdirectory: %s}}
        http: {addr: 127.0.0.1:%d}
        """
            .formatted(directory.resolve("data"), port));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    for (int attempt = 0; attempt < 300 && process.isAlive(); attempt++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return new RegistryServer("localhost:" + port, process);
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    process.destroy();
    throw new IllegalStateException(Files.readString(directory.resolve("log")));
  }

  /** What images' names begin with that are here. */
  public String domain() {
    return domain;
  }

  /** A manifest or index as it is here. */
  public String manifest(String repository, String tagOrDigest) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address =
          URI.create("http://" + domain + "/v2/" + repository + "/manifests/" + tagOrDigest);
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(address).header("Accept", ACCEPTED).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(address + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
