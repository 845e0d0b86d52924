package dev.cooper.explore.bill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.MadeImage;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

public class BillOfMaterialsTest {
  private static final String STATUS =
      """
      Package: bash
      Status: install ok installed
      Architecture: amd64
      Version: 5.2.15-2+b7
      Description: shell
       with a second: line

      Package: gone
      Status: deinstall ok config-files
      Version: 1

      Package: tzdata
      Status: install ok installed
      Architecture: all
      Version: 2024a-0+deb12u1
      """;

  @Test
  void debianPackagesAreThoseInstalledInTheTopmostDatabase() throws Exception {
    BillOfMaterials bill =
        bill(
            new MadeImage()
                .layer("ADD", l -> l.file("var/lib/dpkg/status", "Package: old\nVersion: 1\n"))
                .layer(
                    "RUN apt",
                    l ->
                        l.file("var/lib/dpkg/status", STATUS)
                            .file("usr/lib/os-release", "NAME=\"Debian\"\nID=debian\n")
                            .link("etc/os-release", "../usr/lib/os-release")));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:deb/debian/bash@5.2.15-2%2Bb7?arch=amd64&distro=debian",
            "pkg:deb/debian/tzdata@2024a-0%2Bdeb12u1?arch=all&distro=debian");
    assertThat(bill.components().get(0).layer()).contains(1);
  }

  @Test
  void alpineNodeAndPythonPackagesAreFound() throws Exception {
    BillOfMaterials bill =
        bill(
            new MadeImage()
                .layer(
                    "ADD",
                    l ->
                        l.file("etc/os-release", "ID=\"alpine\"\n")
                            .file(
                                "lib/apk/db/installed",
                                "C:Q1\nP:musl\nV:1.2.4-r2\nA:x86_64\nL:MIT\nF:lib\n\nP:zlib\nV:1.3\n")
                            .file(
                                "app/node_modules/@scope/pkg/package.json",
                                "{\"name\":\"@scope/pkg\",\"version\":\"1.0.0-rc.1\"}")
                            .file("app/node_modules/x/package.json", "{broken")
                            .file("app/package.json", "{\"name\":\"app\",\"version\":\"9\"}")
                            .file(
                                "usr/lib/python3/dist-packages/Foo_Bar-2.dist-info/METADATA",
                                "Metadata-Version: 2.1\nName: Foo_Bar\nVersion: 2.0\n\nName: no\n")));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:apk/alpine/musl@1.2.4-r2?arch=x86_64&distro=alpine",
            "pkg:apk/alpine/zlib@1.3?distro=alpine",
            "pkg:npm/%40scope/pkg@1.0.0-rc.1",
            "pkg:pypi/foo-bar@2.0");
  }

  @Test
  void javaArchivesTellWhatIsInThem() throws Exception {
    byte[] inner =
        zip(
            Map.of(
                "META-INF/maven/org.x/inner/pom.properties",
                "groupId=org.x\nartifactId=inner\nversion=1.1\n".getBytes(StandardCharsets.UTF_8)));
    byte[] outer =
        zip(
            Map.of(
                "META-INF/maven/org.x/outer/pom.properties",
                "groupId=org.x\nartifactId=outer\nversion=2\n".getBytes(StandardCharsets.UTF_8),
                "BOOT-INF/lib/inner-1.1.jar",
                inner));
    byte[] plain = zip(Map.of("a/B.class", new byte[] {1}));
    BillOfMaterials bill =
        bill(
            new MadeImage()
                .layer(
                    "COPY",
                    l ->
                        l.program("app/outer.jar", outer)
                            .program("app/guava-33.0-jre.jar", plain)
                            .program(
                                "app/broken.jar", "PK\3\4nonsense".getBytes(StandardCharsets.UTF_8))
                            .program("app/empty.jar", new byte[] {0, 0, 0, 0})));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:maven/guava@33.0-jre", "pkg:maven/org.x/inner@1.1", "pkg:maven/org.x/outer@2");
  }

  @Test
  void goProgramsTellTheirModules() throws Exception {
    String modules =
        "0123456789abcdef"
            + "path\texample.com/app\nmod\texample.com/app\t(devel)\t\n"
            + "dep\tgithub.com/a/b\tv1.2.3\th1:x=\ndep\tgithub.com/c/d\tv0.1.0\th1:y=\n"
            + "=>\tgithub.com/fork/d\tv0.2.0\th1:z=\n"
            + "0123456789abcdef";
    BillOfMaterials bill =
        bill(new MadeImage().layer("COPY", l -> l.program("app", goProgram("go1.22.1", modules))));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:golang/example.com/app",
            "pkg:golang/github.com/a/b@v1.2.3",
            "pkg:golang/github.com/fork/d@v0.2.0",
            "pkg:golang/stdlib@1.22.1");
  }

  @Test
  void theDocumentsNameEveryComponentOnceAndAreReproducible() throws Exception {
    MadeImage image =
        new MadeImage()
            .layer("ADD", l -> l.file("var/lib/dpkg/status", STATUS))
            .layer("COPY", l -> l.entry(TarEntry.directory("x")));
    Map<String, Object> spdx = SpdxDocument.of(bill(image), "cooper-1");
    Map<String, Object> cyclone = CycloneDxDocument.of(bill(image), "cooper", "1");

    assertThat(spdx)
        .containsEntry("spdxVersion", "SPDX-2.3")
        .isEqualTo(SpdxDocument.of(bill(image), "cooper-1"));
    assertThat((List<?>) spdx.get("packages")).hasSize(3);
    assertThat((List<?>) spdx.get("relationships")).hasSize(3);
    assertThat(((Map<?, ?>) spdx.get("creationInfo")).get("created"))
        .isEqualTo("1970-01-01T00:00:00Z");
    assertThat(cyclone).containsEntry("bomFormat", "CycloneDX");
    assertThat((List<?>) cyclone.get("components")).hasSize(2);
    assertThat(cyclone).isEqualTo(CycloneDxDocument.of(bill(image), "cooper", "1"));
  }

  private static BillOfMaterials bill(MadeImage image) throws IOException {
    try (ExploredImage explored = image.open()) {
      return BillOfMaterials.of(explored, "made", FactsCache.NONE);
    }
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A static ELF program with Go's note and build information, as Go's linker lays them out. */
  public static byte[] goProgram(String version, String modules) {
    ByteBuffer file = ByteBuffer.allocate(16384).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 2).putShort((short) 62).putInt(1);
    file.position(3996);
    file.putInt(4).putInt(8).putInt(4).put(new byte[] {'G', 'o', 0, 0});
    file.position(8192);
    file.put("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1))
        .put((byte) 8)
        .put((byte) 2);
    file.position(8192 + 32);
    text(file, version);
    text(file, modules);
    return file.array();
  }

  private static void text(ByteBuffer file, String text) {
    int length = text.length();
    while (length >= 0x80) {
      file.put((byte) (length & 0x7f | 0x80));
      length >>= 7;
    }
    file.put((byte) length).put(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
