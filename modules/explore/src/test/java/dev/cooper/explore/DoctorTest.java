package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");
  private static final Path LIBC = Path.of("/lib/x86_64-linux-gnu/libc.so.6");
  private static final byte[] LIB = {1, 2, 3, 4};
  private static byte[] program = {};

  @BeforeAll
  static void readAProgramOfThisMachine() throws IOException {
    Assumptions.assumeTrue(
        Files.exists(LOADER) && Files.exists(LIBC), "this machine is no Debian on amd64");
    program = Files.readAllBytes(Path.of("/bin/true"));
  }

  @Test
  void aSoundImageHasNoFindings() {
    MadeImage image =
        new MadeImage()
            .layer(
                "ADD base",
                l ->
                    l.entry(TarEntry.directory("tmp").withMode(01777))
                        .program("lib64/ld-linux-x86-64.so.2", bytes(LOADER))
                        .program("lib/x86_64-linux-gnu/libc.so.6", bytes(LIBC))
                        .program("bin/true", program))
            .config(command("/bin/true"));

    assertThat(findings(image)).isEmpty();
    assertThat(findings(image.compressed())).isEmpty();
  }

  @Test
  void aMissingLoaderAndMissingLibrariesAreNamed() {
    MadeImage image =
        base().layer("COPY true /app", l -> l.program("app", program)).config(command("/app"));

    assertThat(findings(image))
        .containsExactly("ERROR missing-interpreter /app 1", "ERROR missing-library /app 1");
    List<Finding> findings = examine(image);
    assertThat(findings.get(0).message()).contains("/lib64/ld-linux-x86-64.so.2");
    assertThat(findings.get(1).message()).contains("libc.so.6").contains("/app does not start");
  }

  @Test
  void aForeignProgramIsNoticed() {
    byte[] arm = program.clone();
    arm[18] = (byte) 183;
    MadeImage image = base().layer("COPY", l -> l.program("app", arm)).config(command("/app"));

    assertThat(findings(image)).containsExactly("ERROR wrong-architecture /app 1");
    assertThat(examine(image).get(0).message()).contains("arm64").contains("amd64");
  }

  @Test
  void scriptsNeedTheirInterpreterAndUnixLineEnds() {
    MadeImage image =
        base()
            .layer(
                "COPY scripts",
                l ->
                    script(l, "a", "#!/bin/nosh\necho\n")
                        .file("not-executable", "#!/bin/nosh\n")
                        .program("bin/env", new byte[] {1, 2, 3, 4, 5}))
            .layer("COPY more", l -> script(l, "b", "#!/bin/nosh -e\n"))
            .layer("COPY dos", l -> script(l, "dos", "#!/bin/env sh\r\necho\r\n"))
            .layer("COPY env", l -> script(l, "snake", "#!/bin/env python3 -u\n"))
            .config(command("/snake"));

    assertThat(findings(image))
        .containsExactly(
            "ERROR script-carriage-return /dos 3",
            "ERROR script-interpreter-missing /snake 4",
            "WARNING script-interpreter-missing /a 1");
    assertThat(examine(image).get(2).message()).contains("/bin/nosh").contains("1 more needs it");
  }

  @Test
  void theCommandMustBeThereExecutableAndGetItsSignals() {
    assertThat(findings(base().config(command("/no"))))
        .containsExactly("ERROR command-missing /no ");
    assertThat(findings(base().layer("COPY", l -> l.file("app", "text")).config(command("/app"))))
        .containsExactly("ERROR not-executable /app 1");
    assertThat(findings(base().config(command("/tmp"))))
        .containsExactly("ERROR command-is-directory /tmp 0");
    assertThat(findings(base())).containsExactly("NOTE no-command  ");
    MadeImage shell =
        base()
            .layer("COPY", l -> l.program("bin/sh", new byte[] {1, 2, 3, 4}))
            .config(
                c ->
                    c.withConfig(c.config().withEntrypoint(List.of("/bin/sh", "-c", "server -x"))));
    assertThat(findings(shell)).containsExactly("WARNING shell-form-entrypoint  ");
    assertThat(
            findings(
                shell.config(
                    c ->
                        c.withConfig(
                            c.config().withEntrypoint(List.of("/bin/sh", "-c", "exec server"))))))
        .isEmpty();
  }

  @Test
  void aFindingAboutTheConfigNamesTheInstructionThatSetIt() {
    MadeImage image =
        base()
            .step("/bin/sh -c #(nop)  ENTRYPOINT [\"/old\"]")
            .layer("COPY", l -> l.program("bin/sh", new byte[] {1, 2, 3, 4}))
            .step("/bin/sh -c #(nop)  ENTRYPOINT [\"/bin/sh\" \"-c\" \"server -x\"]")
            .step("USER app")
            .config(
                c ->
                    c.withConfig(
                        c.config()
                            .withUser("app")
                            .withEntrypoint(List.of("/bin/sh", "-c", "server -x"))));
    assertThat(examine(image))
        .extracting(Finding::kind, Finding::instruction)
        .containsExactly(
            tuple("user-missing", "USER app"),
            tuple("shell-form-entrypoint", "ENTRYPOINT [\"/bin/sh\" \"-c\" \"server -x\"]"));
    // An image made by a tool that keeps no history has the findings all the same.
    assertThat(examine(base().config(command("/no"))))
        .extracting(Finding::kind, Finding::instruction)
        .containsExactly(tuple("command-missing", ""));
  }

  @Test
  void whatAShellStartsIsWhatTheImageStarts() {
    UnaryOperator<ImageConfig> shell =
        c ->
            c.withConfig(c.config().withCmd(List.of("/bin/sh", "-c", "exec /srv/start --now | x")));
    MadeImage image =
        base()
            .layer("COPY sh", l -> l.program("bin/sh", new byte[] {1, 2, 3, 4}))
            .layer("COPY start", l -> script(l, "srv/start", "#!/bin/bash\n"))
            .config(shell);
    assertThat(findings(image)).containsExactly("ERROR script-interpreter-missing /srv/start 2");
  }

  @Test
  void modulesOfALanguageNeedNoInterpreterOfTheirOwn() {
    MadeImage image =
        base()
            .layer(
                "COPY lib",
                l ->
                    script(l, "usr/lib/python3/cgi.py", "#!/usr/local/bin/python\n")
                        .program("app", LIB))
            .config(command("/app"));
    assertThat(findings(image))
        .containsExactly("NOTE script-interpreter-missing /usr/lib/python3/cgi.py 1");
    image.layer("COPY tool", l -> script(l, "usr/bin/tool", "#!/usr/local/bin/python\n"));
    assertThat(findings(image))
        .containsExactly("WARNING script-interpreter-missing /usr/bin/tool 2");
  }

  @Test
  void aRelativeInterpreterStartsOnlyInItsFolder() {
    MadeImage image =
        base()
            .layer("COPY", l -> script(l, "app", "#!bin/tool\n").program("bin/tool", program))
            .layer("COPY sound", l -> script(l, "sound", "#!/bin/env\n").program("bin/env", LIB))
            .config(command("/sound"));
    assertThat(findings(image))
        .filteredOn(finding -> finding.contains("script"))
        .containsExactly("WARNING script-interpreter-relative /app 1");
  }

  @Test
  void programsNeedAPlaceForTemporaryFiles() {
    MadeImage image =
        new MadeImage().layer("COPY", l -> l.program("app", LIB)).config(command("/app"));
    assertThat(findings(image)).containsExactly("WARNING no-tmp /tmp ");
    assertThat(findings(new MadeImage().layer("COPY", l -> l.file("readme", "text"))))
        .containsExactly("NOTE no-command  ");
  }

  @Test
  void aLibraryOlderThanTheProgramIsToldApartFromOneThatIsMissing() {
    byte[] old =
        new String(bytes(LIBC), StandardCharsets.ISO_8859_1)
            .replace("GLIBC_2.34", "GLIBC_0.34")
            .getBytes(StandardCharsets.ISO_8859_1);
    MadeImage image =
        base()
            .layer(
                "COPY",
                l ->
                    l.program("lib64/ld-linux-x86-64.so.2", bytes(LOADER))
                        .program("lib/x86_64-linux-gnu/libc.so.6", old)
                        .program("bin/true", program))
            .config(command("/bin/true"));
    assertThat(findings(image)).containsExactly("ERROR library-too-old /bin/true 1");
    assertThat(examine(image).getFirst().message()).contains("libc.so.6").contains("GLIBC_2.34");
  }

  @Test
  void aNamedGroupHasToBeInTheImage() {
    UnaryOperator<ImageConfig> app =
        c -> c.withConfig(c.config().withCmd(List.of("/x")).withUser("7:staff"));
    MadeImage image = base().layer("COPY", l -> l.program("x", LIB)).config(app);
    assertThat(findings(image)).containsExactly("ERROR group-missing /etc/group ");
    image.layer("RUN groupadd", l -> l.file("etc/group", "root:x:0:\nstaff:x:50:\n"));
    assertThat(findings(image)).isEmpty();
  }

  @Test
  void aNamedUserHasToBeInTheImage() {
    UnaryOperator<ImageConfig> app =
        c -> c.withConfig(c.config().withCmd(List.of("/x")).withUser("app:1000"));
    MadeImage without =
        base().layer("COPY", l -> l.program("x", new byte[] {9, 9, 9, 9})).config(app);
    assertThat(findings(without)).containsExactly("ERROR user-missing /etc/passwd ");
    without.layer(
        "RUN useradd", l -> l.file("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1:1::/:\n"));
    assertThat(findings(without)).isEmpty();
  }

  @Test
  void tlsNeedsCertificates() {
    MadeImage image =
        base()
            .layer("RUN apt install curl", l -> l.program("usr/bin/curl", new byte[] {1, 2, 3, 4}))
            .config(command("/usr/bin/curl"));
    assertThat(findings(image)).containsExactly("WARNING no-ca-certificates /usr/bin/curl 1");
    image.layer("RUN more", l -> l.file("etc/ssl/certs/ca-certificates.crt", "-----BEGIN"));
    assertThat(findings(image)).isEmpty();
  }

  @Test
  void aGoProgramBringsItsOwnTlsButNoCertificates() {
    byte[] server = BillOfMaterialsTest.goProgram("go1.22.1", "");
    String name = "crypto/tls.(*Conn).clientHandshake";
    byte[] client = Arrays.copyOf(server, server.length + name.length());
    System.arraycopy(
        name.getBytes(StandardCharsets.US_ASCII), 0, client, server.length, name.length());
    MadeImage image =
        base().layer("COPY app /", l -> l.program("app", client)).config(command("/app"));
    assertThat(findings(image)).containsExactly("WARNING no-ca-certificates /app 1");
    image.layer("COPY certs", l -> l.file("etc/ssl/cert.pem", "-----BEGIN"));
    assertThat(findings(image)).isEmpty();
    assertThat(
            findings(
                base().layer("COPY app /", l -> l.program("app", server)).config(command("/app"))))
        .isEmpty();
  }

  @Test
  void aStrippedGoProgramOfThisMachineIsKnownForATlsClient() {
    Path docker = Path.of("/usr/local/bin/docker");
    Assumptions.assumeTrue(
        Files.isRegularFile(docker), "SKIPPED: no docker client, a Go program, on this machine");
    MadeImage image =
        base()
            .layer("COPY docker", l -> l.program("docker", bytes(docker)))
            .config(command("/docker"));
    assertThat(findings(image)).contains("WARNING no-ca-certificates /docker 1");
  }

  @Test
  void aServerAndAPackageManagerOfSignedFilesNeedNoCertificates() {
    Path curl = Path.of("/usr/bin/curl");
    Assumptions.assumeTrue(Files.isRegularFile(curl), "SKIPPED: no curl on this machine");
    for (String path : List.of("usr/sbin/nginx", "usr/lib/apt/methods/http")) {
      MadeImage image = base().layer("ADD", l -> l.program(path, bytes(curl)));
      assertThat(findings(image)).as(path).noneMatch(f -> f.contains("certificates"));
    }
    // The very same bytes elsewhere are a client.
    MadeImage image = base().layer("ADD", l -> l.program("opt/app/fetch", bytes(curl)));
    assertThat(findings(image)).contains("WARNING no-ca-certificates /opt/app/fetch 1");
  }

  @Test
  void dangerousPermissionsAreFound() {
    MadeImage image =
        new MadeImage()
            .layer(
                "ADD",
                l ->
                    l.entry(TarEntry.directory("tmp").withMode(0755))
                        .file(TarEntry.file("su", 0).withMode(04755), new byte[] {1, 2, 3, 4})
                        .file(TarEntry.file("open", 0).withMode(0666), new byte[] {1, 2, 3, 4})
                        .entry(TarEntry.directory("drop").withMode(0777)))
            .config(command("/su"));

    assertThat(findings(image))
        .containsExactly(
            "WARNING world-writable /drop 0",
            "WARNING world-writable /open 0",
            "WARNING tmp-mode /tmp 0",
            "NOTE set-id /su 0");
  }

  @Test
  void aSecretThatALaterLayerRemovesIsStillThere() {
    String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";
    MadeImage image =
        base()
            .layer("COPY . /", l -> l.file("root/.ssh/id_ed25519", key).file("srv/tls.key", key))
            .layer("RUN rm", l -> l.remove("root/.ssh/id_ed25519"))
            .layer("COPY app", l -> l.program("app", new byte[] {1, 2, 3, 4}))
            .config(command("/app"));

    assertThat(findings(image))
        .containsExactly(
            "ERROR secret-in-lower-layer /root/.ssh/id_ed25519 1", "WARNING secret /srv/tls.key 1");
  }

  @Test
  void credentialsAreToldFromOrdinarySettings() {
    assertThat(secret(".aws/credentials", "aws_secret_access_key = abcdefghijklmnop"))
        .isEqualTo("password or key");
    assertThat(secret(".npmrc", "//registry.npmjs.org/:_authToken=npm_" + "a".repeat(36)))
        .isEqualTo("access token");
    assertThat(secret(".docker/config.json", "{\"auths\":{\"x\":{\"auth\":\"dXNlcjpwYXNz\"}}}"))
        .isEqualTo("registry password");
    assertThat(secret("app/config.json", "{\"password\":\"hunter22hunter\"}")).isEmpty();
    assertThat(secret("ca.pem", "-----BEGIN CERTIFICATE-----")).isEmpty();
    assertThat(secret(".env", "DEBUG=true\nPORT=8080\nDB_PASSWORD=${FROM_OUTSIDE}\n")).isEmpty();
    assertThat(SecretPatterns.isCandidate("usr/share/doc/x.txt", 100)).isFalse();
    assertThat(SecretPatterns.isCandidate("a.pem", 1 << 20)).isFalse();
  }

  @Test
  void theSecondExaminationReadsTheCacheAndSaysTheSame() throws Exception {
    MadeImage image =
        base().layer("COPY true /app", l -> l.program("app", program)).config(command("/app"));
    MapFacts cache = new MapFacts();
    List<Finding> first;
    try (ExploredImage explored = image.open()) {
      first = Doctor.examine(explored, cache);
    }
    assertThat(cache.kept).hasSize(2);
    image.damage(0, 0).damage(1, 0);
    try (ExploredImage explored =
        ExploredImage.open(image, image.image(), new KnownIndexes(program))) {
      assertThat(Doctor.examine(explored, cache)).isEqualTo(first);
    }
    cache.kept.replaceAll((digest, bytes) -> Arrays.copyOf(bytes, bytes.length / 2));
    for (byte[] damaged : cache.kept.values()) {
      assertThat(FactsCodec.read(damaged)).isNull();
    }
  }

  /** Tables of contents of layers whose blobs are gone. */
  private record KnownIndexes(byte[] app) implements dev.cooper.image.layer.LayerIndexCache {
    @Override
    public dev.cooper.image.layer.LayerIndex find(dev.cooper.image.Digest diffId)
        throws IOException {
      MadeImage whole = base().layer("COPY true /app", l -> l.program("app", app));
      dev.cooper.image.Image image = whole.image();
      int layer = image.diffIds().indexOf(diffId);
      return new dev.cooper.image.layer.LayerBlob(whole, image.layers().get(layer), diffId)
          .readIndex();
    }

    @Override
    public void put(dev.cooper.image.Digest diffId, dev.cooper.image.layer.LayerIndex index) {}
  }

  private static String secret(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(SecretPatterns.isCandidate(path, bytes.length)).isTrue();
    return SecretPatterns.find(path, bytes).orElse("");
  }

  private static MadeImage base() {
    return new MadeImage()
        .layer("ADD base", l -> l.entry(TarEntry.directory("tmp").withMode(01777)));
  }

  private static MadeImage.Layer script(MadeImage.Layer layer, String path, String text) {
    return layer.program(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static UnaryOperator<ImageConfig> command(String program) {
    return c -> c.withConfig(c.config().withCmd(List.of(program)));
  }

  private static List<String> findings(MadeImage image) {
    return examine(image).stream()
        .map(
            f ->
                f.severity()
                    + " "
                    + f.kind()
                    + " "
                    + f.path()
                    + " "
                    + f.layer().map(String::valueOf).orElse(""))
        .toList();
  }

  private static List<Finding> examine(MadeImage image) {
    try (ExploredImage explored = image.open()) {
      return Doctor.examine(explored, FactsCache.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
