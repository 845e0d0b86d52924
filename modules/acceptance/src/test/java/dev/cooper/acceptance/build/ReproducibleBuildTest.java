package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.cooper.acceptance.run.CooperProcess;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same inputs and SOURCE_DATE_EPOCH give the same digest, whoever builds where and when. */
class ReproducibleBuildTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final Map<String, String> EPOCH = Map.of("SOURCE_DATE_EPOCH", "1700000000");
  private static final long PAST = 1_500_000_000_000L;
  private static final String DOCKERFILE =
      """
      FROM scratch AS parts
      ARG SOURCE_DATE_EPOCH
      ENV EPOCH=$SOURCE_DATE_EPOCH
      COPY --chown=7:8 src /opt/src
      ADD archive.tar.gz /unpacked/
      COPY <<EOF /etc/motd
      built at $EPOCH
      EOF
      FROM parts
      LABEL a=b
      WORKDIR /made/here
      COPY --from=parts /opt/src/many /made/
      COPY --parents src/many/f1* /parents/
      ADD --chmod=u=rwX,go=rX src/deep /deep
      USER 1000
      """;

  @TempDir Path directory;
  private String classPath = System.getProperty("java.class.path");

  @BeforeEach
  void openToAll() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /**
   * A context.
   *
   * @param order in which its files are made, so that the directories list them otherwise
   * @param time the time of its files, in milliseconds; those of their parents are now
   */
  private Path context(String name, boolean order, long time) throws Exception {
    Path context = Files.createDirectory(directory.resolve(name));
    List<String> files = new ArrayList<>(List.of("src/deep/er/file", "src/run.sh", "src/empty"));
    for (int i = 0; i < 40; i++) {
      files.add("src/many/f" + i);
    }
    for (String file : order ? files : files.reversed()) {
      Path path = context.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.endsWith("empty") ? "" : "content of " + file);
    }
    Files.setPosixFilePermissions(
        context.resolve("src/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(context.resolve("src/link"), Path.of("run.sh"));
    for (String file : files) {
      Files.setLastModifiedTime(context.resolve(file), FileTime.fromMillis(time));
    }
    archive(context.resolve("archive.tar.gz"));
    Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
    Process open =
        new ProcessBuilder("chmod", "-R", "go+rX", context.toString()).inheritIO().start();
    assertThat(open.waitFor()).isZero();
    return context;
  }

  private static void archive(Path file) throws Exception {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      dev.cooper.image.layer.TarWriter tar = new dev.cooper.image.layer.TarWriter(out);
      byte[] text = "packed".getBytes(StandardCharsets.UTF_8);
      tar.write(
          dev.cooper.image.layer.TarEntry.file("in/side", text.length).withOwner(5, 6),
          new java.io.ByteArrayInputStream(text));
      tar.finish();
    }
  }

  /**
   * Builds on a store of its own, and returns the id of the image and the digest of its manifest.
   */
  private String build(String name, List<String> through, Object context, String... more)
      throws Exception {
    Path metadata = directory.resolve(name + ".json");
    CooperProcess cooper =
        new CooperProcess(directory.resolve("root-" + name), classPath)
            .with(EPOCH)
            .through(through.toArray(new String[0]));
    List<String> words = new ArrayList<>(List.of("build", "--metadata-file", metadata.toString()));
    words.addAll(List.of(more));
    words.add(String.valueOf(context));
    CooperProcess.Ended ended = cooper.run(words.toArray(new String[0]));
    assertThat(ended.code()).as(ended.error()).isZero();
    return Files.readString(metadata);
  }

  /** The class path with copies of what only root may read. */
  private static String readableByAll(Path place) throws Exception {
    Files.createDirectory(place);
    List<String> readable = new ArrayList<>();
    for (String each : System.getProperty("java.class.path").split(":")) {
      Path path = Path.of(each);
      if (each.endsWith(".jar")) {
        path = Files.copy(path, place.resolve(path.getFileName()));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
      }
      readable.add(path.toString());
    }
    return String.join(":", readable);
  }

  private static List<String> umask(String mask) {
    return List.of("sh", "-c", "umask " + mask + "; exec \"$@\"", "sh");
  }

  @Test
  void anyUmaskAnyFolderAnyTimesAnyOrder() throws Exception {
    Path context = context("context", true, PAST);
    String digest = build("first", umask("022"), context);
    assertThat(digest).contains("\"containerimage.digest\": \"sha256:");
    assertThat(build("open", umask("000"), context)).isEqualTo(digest);
    assertThat(build("closed", umask("077"), context)).isEqualTo(digest);
    Path copy = context("copied-somewhere-else", false, System.currentTimeMillis());
    assertThat(build("copy", umask("022"), copy)).isEqualTo(digest);
    // Nor do earlier builds of the same store count, with other times or with none.
    Path root = directory.resolve("root-first");
    assertThat(new CooperProcess(root).run("build", context.toString()).code()).isZero();
    assertThat(build("first", umask("022"), copy)).isEqualTo(digest);
  }

  @Test
  void rootOrNot() throws Exception {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "not root already: not tested");
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setpriv")), "SKIPPED: no setpriv: not tested");
    Path context = context("context", true, PAST);
    String digest = build("root", List.of(), context);
    classPath = readableByAll(directory.resolve("lib"));
    List<String> nobody =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all");
    assertThat(build("nobody", nobody, context)).isEqualTo(digest);
  }

  @Test
  void anArchiveOrARepositoryGivesWhatTheFolderGives() throws Exception {
    Path context = context("context", true, PAST);
    String digest = build("folder", umask("022"), context);
    Path tar = directory.resolve("context.tar");
    run("tar", "-C", context.toString(), "-cf", tar.toString(), ".");
    assertThat(build("archive", umask("077"), tar)).isEqualTo(digest);
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/git")), "SKIPPED: no git: not tested");
    String[] git = {"git", "-C", context.toString(), "-c", "user.name=a", "-c", "user.email=a@b"};
    run(git, "init", "-q", "-b", "main");
    run(git, "add", ".");
    run(git, "commit", "-q", "-m", "all");
    Path served = Files.createDirectory(directory.resolve("served")).toRealPath();
    run("git", "clone", "-q", "--bare", context.toString(), served + "/r.git");
    run("git", "-C", served + "/r.git", "update-server-info");
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            served,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort() + "/r.git";
      assertThat(build("repository", umask("077"), address)).isEqualTo(digest);
    } finally {
      server.stop(0);
    }
  }

  private static void run(String[] first, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(first));
    words.addAll(List.of(more));
    run(words.toArray(new String[0]));
  }

  private static void run(String... words) throws Exception {
    Process process = new ProcessBuilder(words).inheritIO().start();
    assertThat(process.waitFor()).as(List.of(words).toString()).isZero();
  }

  @Test
  void commandsThatDoTheSameGiveTheSame() throws Exception {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "RUN needs root: not tested");
    Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "no " + BUSYBOX + ": not tested");
    Path context = context("context", true, PAST);
    Files.createDirectory(context.resolve("bin"));
    Files.copy(BUSYBOX, context.resolve("bin/busybox"));
    Files.createSymbolicLink(context.resolve("bin/sh"), Path.of("busybox"));
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch
        ARG SOURCE_DATE_EPOCH
        COPY bin /bin
        COPY src /src
        RUN busybox rm -r /src/deep && echo more >> /src/run.sh && busybox mv /src/many /moved && \
            for i in 3 1 2; do echo $i > /src/new$i; done && busybox ln /src/new1 /src/hard && \
            busybox chown 9:9 /src/new2 && busybox touch -t 200001010000 /src/old
        RUN echo $SOURCE_DATE_EPOCH > /epoch && busybox mkdir -p /a/b/c
        RUN --mount=type=bind,source=src,target=/mnt busybox cp /mnt/run.sh /copied
        """);
    String digest = build("first", umask("022"), context, "--network=none");
    assertThat(build("second", umask("077"), context, "--network=none")).isEqualTo(digest);
    Thread.sleep(1100);
    assertThat(build("first", umask("000"), context, "--network=none", "--no-cache"))
        .isEqualTo(digest);
  }
}
