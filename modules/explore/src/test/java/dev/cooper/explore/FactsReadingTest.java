package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.doctor.Doctor;
import dev.cooper.explore.doctor.Finding;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learnt of a file whatever its other names are; from plain layers and packed ones. */
class FactsReadingTest {
  private static final String KEY =
      "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherNameAddsToWhatIsLearntAndTakesNothingAway(boolean packed) {
    ExploredImage image =
        open(
            packed,
            l ->
                l.file("root/.ssh/id_rsa", KEY)
                    .entry(TarEntry.hardLink("x.jar", "root/.ssh/id_rsa"))
                    .program("bin/app", elf(128))
                    .entry(TarEntry.hardLink("y.jar", "bin/app"))
                    .program("bin/demo", concatenated(elf(128), jar()))
                    .entry(TarEntry.hardLink("demo-1.2.jar", "bin/demo"))
                    .file("data", KEY)
                    .entry(TarEntry.hardLink("srv/id_rsa", "data")));

    assertThat(facts(image, "root/.ssh/id_rsa")).containsExactly(new Fact.Secret("private key"));
    assertThat(facts(image, "bin/app")).singleElement().isInstanceOf(Fact.Binary.class);
    assertThat(facts(image, "bin/demo")).first().isInstanceOf(Fact.Binary.class);
    assertThat(facts(image, "srv/id_rsa")).containsExactly(new Fact.Secret("private key"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anArchiveThatIsAProgramIsAScriptToo(boolean packed) {
    byte[] program =
        concatenated("#!/bin/sh\nexec java -jar $0\n".getBytes(StandardCharsets.UTF_8), jar());
    ExploredImage image = open(packed, l -> l.program("demo-1.2.jar", program));

    assertThat(facts(image, "demo-1.2.jar"))
        .containsExactly(
            new Fact.Script("/bin/sh", false),
            Fact.Software.of("maven", "org.example", "demo", "1.2", ""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loadersAreKeptWhereLoadersAreAndNotWithoutEnd(boolean packed) {
    byte[] loader = elf(3 << 20);
    ExploredImage image =
        open(
            packed,
            l -> {
              l.program("opt/ld-linux.so.2", loader);
              for (int i = 0; i < 7; i++) {
                l.program("usr/lib/ld-" + i + ".so", loader);
              }
              return l;
            });

    assertThat(kept(image, "opt/ld-linux.so.2")).isZero();
    int all = 0;
    for (int i = 0; i < 7; i++) {
      all += kept(image, "usr/lib/ld-" + i + ".so");
    }
    assertThat(kept(image, "usr/lib/ld-0.so")).isEqualTo(loader.length);
    assertThat(all).isEqualTo(5 * loader.length);
  }

  @Test
  void theDoctorTakesBothForPrograms() throws IOException {
    byte[] archive = concatenated("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), jar());
    for (String command : List.of("/app.jar", "/bin/app")) {
      MadeImage image =
          new MadeImage()
              .layer(
                  "COPY . /",
                  l ->
                      l.program("bin/sh", elf(128))
                          .program("bin/app", elf(128))
                          .entry(TarEntry.hardLink("x.jar", "bin/app"))
                          .program("app.jar", archive))
              .config(c -> c.withConfig(c.config().withCmd(List.of(command))));
      assertThat(Doctor.examine(image.open(), FactsCache.NONE))
          .as(command)
          .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
  }

  private static int kept(ExploredImage image, String path) {
    return facts(image, path).stream()
        .mapToInt(fact -> fact instanceof Fact.Content content ? content.bytes().length : 0)
        .sum();
  }

  private static ExploredImage open(boolean packed, UnaryOperator<MadeImage.Layer> content) {
    MadeImage image = new MadeImage();
    return (packed ? image.compressed() : image).layer("COPY . /", content).open();
  }

  private static List<Fact> facts(ExploredImage image, String path) {
    try {
      return new ImageFiles(image.tree(), image.facts(FactsCache.NONE))
          .facts(image.tree().lookup(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A static program for amd64 of this many bytes. */
  private static byte[] elf(int size) {
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 2).putShort((short) 62).putInt(1);
    return file.array();
  }

  private static byte[] jar() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("META-INF/maven/org.example/demo/pom.properties"));
      zip.write(
          "groupId=org.example\nartifactId=demo\nversion=1.2\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }
}
