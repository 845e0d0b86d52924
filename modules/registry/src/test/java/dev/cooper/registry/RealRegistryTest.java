package dev.cooper.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's docker-registry as the judge, and skopeo where it is there. */
class RealRegistryTest {
  private static final Path SERVER = Path.of("/usr/bin/docker-registry");

  @TempDir Path directory;
  private @Nullable Process server;
  private String domain = "";

  @BeforeEach
  void start() throws Exception {
    start("");
  }

  /**
   * Starts it.
   *
   * @param more lines of its config
   */
  private void start(String more) throws Exception {
    stop();
    Assumptions.assumeTrue(
        Files.isExecutable(SERVER), "SKIPPED: no registry: apt-get install docker-registry");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    domain = "localhost:" + port;
    Path config = directory.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error}
        storage: {filesystem: {rootdirectory: %s}}
        http: {addr: 127.0.0.1:%d}
        %s
        """
            .formatted(directory.resolve("data"), port, more));
    server =
        new ProcessBuilder(SERVER.toString(), "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    for (int attempt = 0; attempt < 300 && server.isAlive(); attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException(Files.readString(directory.resolve("log")));
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      server.waitFor();
    }
  }

  /** Notes in memory. */
  private static final class Notes implements PackedLayers {
    private final Map<Digest, Descriptor> notes = new HashMap<>();

    @Override
    public synchronized @Nullable Descriptor find(Digest diffId) {
      return notes.get(diffId);
    }

    @Override
    public synchronized void put(Digest diffId, Descriptor packed) {
      notes.put(diffId, packed);
    }
  }

  private Descriptor push(Store store, Descriptor image, Reference name, Notes notes)
      throws IOException {
    Registry registry = Registry.toPush(name, new Credentials.None(), Map.of());
    return new Push(registry, store.blobs(), store.blobs(), notes, LayerProgress.NONE)
        .push(
            Image.read(store.blobs(), image, Platform.host()),
            MediaTypes.OCI_MANIFEST,
            String.valueOf(name.tag()));
  }

  private static Pull.Pulled pull(Store store, Reference name) throws IOException {
    Registry registry = Registry.toPull(name, new Credentials.None(), Map.of());
    return new Pull(registry, store.blobs(), store.blobs(), store.indexes(), LayerProgress.NONE)
        .pull(name, Platform.host());
  }

  @Test
  void whatIsPushedIsPulledWithTheSameId() throws Exception {
    Store here = Store.open(directory.resolve("here"));
    Store there = Store.open(directory.resolve("there"));
    List<byte[]> layers = List.of(Samples.layer("a", 2_000_000), Samples.layer("b", 10));
    Descriptor plain = Samples.image(here.blobs(), Platform.host(), false, layers);
    Reference name = Reference.parse(domain + "/team/app:1.0");

    Notes notes = new Notes();
    Descriptor pushed = push(here, plain, name, notes);
    assertThat(push(here, plain, name, notes)).isEqualTo(pushed);
    assertThat(push(here, plain, name, new Notes()))
        .as("packed anew, the same bytes")
        .isEqualTo(pushed);

    Pull.Pulled pulled = pull(there, name);
    assertThat(pulled.named().digest()).isEqualTo(pushed.digest());
    Image image = Image.read(there.blobs(), pulled.manifest(), Platform.host());
    assertThat(image.configDigest())
        .isEqualTo(Image.read(here.blobs(), plain, Platform.host()).configDigest());
    assertThat(Registry.toPull(name, new Credentials.None(), Map.of()).tags())
        .containsExactly("1.0");

    // What came packed goes on as it came: with its own digest.
    Reference again = Reference.parse(domain + "/other:2");
    assertThat(push(there, pulled.manifest(), again, new Notes()).digest())
        .isEqualTo(pushed.digest());
  }

  @Test
  void aPasswordIsShownWhereItIsAsked() throws Exception {
    Path passwords = directory.resolve("htpasswd");
    Files.writeString(
        passwords, "me:$2b$12$0UmVx6lRaBdIsp9uzck0N.LiIYF.OLgsxGsHXujDab3zYhVKac5wC\n");
    start("auth: {htpasswd: {realm: test, path: " + passwords + "}}");
    Credentials.Password right = new Credentials.Password("me", "secret");
    Login.check(domain, right, Map.of());
    assertThatThrownBy(() -> Login.check(domain, new Credentials.Password("me", "wrong"), Map.of()))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageEndingWith("/v2/\": unauthorized: authentication required");
    Reference name = Reference.parse(domain + "/app:1.0");
    assertThatThrownBy(() -> Registry.toPull(name, new Credentials.None(), Map.of()).manifest(name))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageStartingWith("pull access denied for " + domain + "/app");
    assertThatThrownBy(() -> Registry.toPull(name, right, Map.of()).manifest(name))
        .isInstanceOf(CooperException.NotFound.class);
  }

  @Test
  void skopeoReadsWhatWasPushed() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/skopeo")), "SKIPPED: apt-get install skopeo");
    Store here = Store.open(directory.resolve("here"));
    Descriptor image =
        Samples.image(here.blobs(), Platform.host(), false, List.of(Samples.layer("a", 70_000)));
    Reference name = Reference.parse(domain + "/app:1.0");
    push(here, image, name, new Notes());
    Process skopeo =
        new ProcessBuilder(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "docker://" + name.familiar(),
                "oci:" + directory.resolve("layout") + ":x")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("skopeo.log").toFile())
            .start();
    assertThat(skopeo.waitFor()).as(Files.readString(directory.resolve("skopeo.log"))).isZero();
  }
}
