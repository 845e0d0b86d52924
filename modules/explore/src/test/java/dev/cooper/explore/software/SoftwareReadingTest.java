package dev.cooper.explore.software;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.MadeImage;
import dev.cooper.explore.MapFacts;
import dev.cooper.explore.bill.BillOfMaterials;
import dev.cooper.explore.bill.BillOfMaterialsTest;
import dev.cooper.explore.bill.Component;
import dev.cooper.explore.bill.CycloneDxDocument;
import dev.cooper.explore.bill.SpdxDocument;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What each package manager's notes say, beyond the plain cases of {@link BillOfMaterialsTest}. */
class SoftwareReadingTest {
  private static final byte[] NOTHING = {1};

  @Test
  void debianPackagesHaveTheirSourcesAndLicences() throws Exception {
    BillOfMaterials bill =
        bill(
            l ->
                l.file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
                    .file(
                        "var/lib/dpkg/status.d/libc6",
                        "Package: libc6\nVersion: 2.36-9\nSource: glibc\nArchitecture: amd64\n")
                    .file(
                        "var/lib/dpkg/status.d/libgcc-s1",
                        "Package: libgcc-s1\nVersion: 12.2.0-14\nSource: gcc-12 (12.2.0-13)\n")
                    .file("var/lib/dpkg/status.d/libc6.md5sums", "0123  usr/share/doc\n")
                    .file(
                        "usr/share/doc/libc6/copyright",
                        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
                            + "\nFiles: *\nLicense: LGPL-2.1+\n All of it.\n\n"
                            + "Files: a\nLicense: BSD-3-clause\n\nLicense: LGPL-2.1+\n Text.\n")
                    .link("usr/share/doc/libgcc-s1", "gcc-12-base")
                    .file(
                        "usr/share/doc/gcc-12-base/copyright",
                        "GCC is free: see /usr/share/common-licenses/GPL-3, and for the manuals\n"
                            + "`/usr/share/common-licenses/GFDL-1.2'; /usr/share/common-licenses/GPL-3.\n"));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12&upstream=glibc",
            "pkg:deb/debian/libgcc-s1@12.2.0-14?distro=debian-12&upstream=gcc-12%4012.2.0-13");
    assertThat(bill.components())
        .extracting(Component::license)
        .containsExactly("BSD-3-clause, LGPL-2.1+", "GFDL-1.2, GPL-3");
  }

  /** What dpkg unpacked is there, whether or not it came to configure it. */
  @Test
  void debianPackagesWhoseFilesAreThereAreListed() {
    StringBuilder status = new StringBuilder();
    for (String state :
        List.of(
            "installed",
            "unpacked",
            "half-configured",
            "triggers-awaited",
            "triggers-pending",
            "half-installed",
            "config-files",
            "not-installed")) {
      status.append("Package: ").append(state).append("\nStatus: install ok ").append(state);
      status.append("\nVersion: 1\n\n");
    }
    assertThat(SoftwareReading.dpkg(status.toString()))
        .extracting(Fact.Software::name)
        .containsExactly(
            "installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending");
  }

  @Test
  void alpinesDatabaseIsTheRootsOwn() {
    assertThat(List.of("lib/apk/db/installed", "usr/lib/apk/db/installed"))
        .allMatch(SoftwareReading::isCandidate);
    assertThat(List.of("srv/rootfs/lib/apk/db/installed", "srv/mylib/apk/db/installed"))
        .noneMatch(SoftwareReading::isCandidate);
  }

  @Test
  void filesAboutOnePackageAreSmall() throws Exception {
    for (String path : List.of("a/node_modules/b/package.json", "usr/share/doc/b/copyright")) {
      assertThat(SoftwareReading.read(path, 2 << 20 | 1, unreadable())).isEmpty();
    }
    byte[] metadata =
        Arrays.copyOf(utf8("Metadata-Version: 2.1\nName: b\nVersion: 1\n\n"), 3 << 20);
    assertThat(
            SoftwareReading.read(
                "b.dist-info/METADATA", metadata.length, new ByteArrayInputStream(metadata)))
        .hasSize(1);
  }

  private static InputStream unreadable() {
    return new InputStream() {
      @Override
      public int read() {
        throw new AssertionError("too large to be read");
      }
    };
  }

  @Test
  void alpineKeepsItsDatabaseInEitherOfTwoPlaces() throws Exception {
    BillOfMaterials bill =
        bill(
            l ->
                l.file("etc/os-release", "ID=alpine\nVERSION_ID=3.22.0\n")
                    .file(
                        "usr/lib/apk/db/installed",
                        "C:Q1\nP:libssl3\nV:3.5.0-r0\nA:x86_64\nL:Apache-2.0\no:openssl\nF:lib\n\n"
                            + "C:Q1\nP:musl\nV:1.2.5-r10\nA:x86_64\nL:MIT\no:musl\n"));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:apk/alpine/libssl3@3.5.0-r0?arch=x86_64&distro=alpine-3.22.0&upstream=openssl",
            "pkg:apk/alpine/musl@1.2.5-r10?arch=x86_64&distro=alpine-3.22.0");
  }

  @Test
  void oldSystemsAreKnownByTheirReleaseFiles() throws Exception {
    byte[] database = MadeRpmDatabase.ndb(List.of(MadeRpmDatabase.header("bash", "4.1", 0, 0)));
    Map<String, String> expected =
        Map.of(
            "CentOS release 6.10 (Final)\n", "centos/bash@4.1-2?arch=noarch&distro=centos-6.10",
            "CentOS Linux release 7.9.2009 (Core)\n",
                "centos/bash@4.1-2?arch=noarch&distro=centos-7.9.2009",
            "Red Hat Enterprise Linux Server release 6.10 (Santiago)",
                "redhat/bash@4.1-2?arch=noarch&distro=rhel-6.10",
            "Red Hat Enterprise Linux\n", "bash@4.1-2?arch=noarch");
    for (Map.Entry<String, String> release : expected.entrySet()) {
      BillOfMaterials bill =
          bill(
              l ->
                  l.file("etc/centos-release", release.getKey())
                      .link("etc/redhat-release", "centos-release")
                      .file(TarEntry.file("var/lib/rpm/Packages", 0), database));
      assertThat(bill.components())
          .extracting(Component::purl)
          .containsExactly("pkg:rpm/" + release.getValue() + "&upstream=bash.src.rpm");
    }
  }

  @Test
  void imagesOfAzureLinuxThatHaveNoDatabaseHaveAManifest() throws Exception {
    BillOfMaterials bill =
        bill(
            l ->
                l.file("etc/os-release", "ID=mariner\nVERSION_ID=\"2.0\"\n")
                    .file(
                        "var/lib/rpmmanifest/container-manifest-2",
                        "glibc\t2.35-2.cm2\t1653816591\t1653628955\tMicrosoft Corporation\t(none)"
                            + "\t10855265\tx86_64\t0\tglibc-2.35-2.cm2.src.rpm\n"
                            + "gpg-pubkey\t3135ce90-5e6fda74\t1653816591\t1583340148\t(none)\t(none)"
                            + "\t0\t(none)\t0\t(none)\n"
                            + "half a line\n"));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:rpm/mariner/glibc@2.35-2.cm2?arch=x86_64&distro=mariner-2.0"
                + "&upstream=glibc-2.35-2.cm2.src.rpm");
  }

  @Test
  void pythonPackagesAreFoundInEachOfTheirFormsWithTheirLicences() throws Exception {
    String head = "Metadata-Version: 2.1\r\nName: ";
    BillOfMaterials bill =
        bill(
            l ->
                l.file(
                        "usr/lib/python3/dist-packages/a-1.egg-info",
                        head + "A\r\nVersion: 1\r\nLicense: MIT\r\n\r\nName: no\r\n")
                    .file(
                        "usr/lib/python3/dist-packages/b-1.egg-info/PKG-INFO",
                        head
                            + "b\nVersion: 2\nLicense: UNKNOWN\n"
                            + "Classifier: License :: OSI Approved\n"
                            + "Classifier: License :: OSI Approved :: BSD License\n"
                            + "Classifier: License :: Public Domain\n")
                    .file(
                        "usr/lib/python3/dist-packages/c-1-py3.egg/EGG-INFO/PKG-INFO",
                        head + "c\nVersion: 3\nLicense-Expression: Apache-2.0\nLicense: x\n")
                    .file(
                        "usr/lib/python3/dist-packages/c-1-py3.egg/EGG-INFO/SOURCES.txt",
                        "Name: d"));

    assertThat(bill.components())
        .extracting(component -> component.purl() + " " + component.license())
        .containsExactly(
            "pkg:pypi/a@1 MIT",
            "pkg:pypi/b@2 BSD License, Public Domain",
            "pkg:pypi/c@3 Apache-2.0");
  }

  @Test
  void nodePackagesKeepTheirScopesAndLicences() throws Exception {
    BillOfMaterials bill =
        bill(
            l ->
                l.file(
                        "app/node_modules/.pnpm/x@1/node_modules/@a/x/package.json",
                        "{\"name\":\"@a/x\",\"version\":\"1.0.0\",\"license\":{\"type\":\"MIT\"}}")
                    .file(
                        "app/node_modules/y/package.json",
                        "{\"name\":\"y\",\"version\":\"2.0.0\",\"licenses\":[{\"type\":\"MIT\"},"
                            + "{},7,{\"type\":\"BSD\"}]}"));

    assertThat(bill.components())
        .extracting(component -> component.purl() + " " + component.license())
        .containsExactly("pkg:npm/%40a/x@1.0.0 MIT", "pkg:npm/y@2.0.0 MIT, BSD");
    assertThat((List<?>) SpdxDocument.of(bill, "cooper-1").get("packages"))
        .extracting(p -> (Object) ((Map<?, ?>) p).get("name"))
        .containsExactly("made", "@a/x", "y");
    assertThat((List<?>) CycloneDxDocument.of(bill, "cooper", "1").get("components"))
        .extracting(c -> ((Map<?, ?>) c).get("group") + " " + ((Map<?, ?>) c).get("name"))
        .containsExactly("@a x", "null y");
  }

  @Test
  void archivesWithinArchivesAreReadAndThoseAroundThemAreNamedToo() throws Exception {
    byte[] library = zip("META-INF/maven/org.x/lib/pom.properties", pom("org.x", "lib", "1.1"));
    byte[] war = zip("WEB-INF/lib/lib-1.1.jar", library, "WEB-INF/lib/broken-3.jar", cut(library));
    byte[] ear =
        zip(
            "META-INF/MANIFEST.MF",
            utf8("Manifest-Version: 1.0\nBundle-License: Apache-2.0;link=x\n\n"),
            "web.war",
            war,
            "lib/",
            NOTHING);
    BillOfMaterials bill =
        bill(
            l ->
                l.program("srv/shop-2.0.ear", ear)
                    .program("srv/run-4.jar", concat(utf8("#!/bin/sh\nexec java -jar $0\n"), war))
                    .program("jar", utf8("no archive at all")));

    assertThat(bill.components())
        .extracting(component -> component.purl() + " " + component.license())
        .containsExactly(
            "pkg:maven/broken@3 ",
            "pkg:maven/org.x/lib@1.1 ",
            "pkg:maven/run@4 ",
            "pkg:maven/shop@2.0 Apache-2.0");
  }

  @Test
  void whatIsMergedIntoAnArchiveDoesNotTakeItsName() throws Exception {
    byte[] shaded = pom("com.google.guava", "guava", "33.0");
    byte[] own = pom("org.x", "app", "7");
    String guava = "META-INF/maven/com.google.guava/guava/pom.properties";
    String app = "META-INF/maven/org.x/app/pom.properties";
    byte[] odd = utf8("artifactId=\\u12");
    BillOfMaterials bill =
        bill(
            l ->
                l.program("a/tool-1.0-all.jar", zip(guava, shaded))
                    .program(
                        "b/app.jar",
                        zip(guava, shaded, app, own, "META-INF/maven/z/pom.properties", odd))
                    .program("c/service.jar", zip(app, own)));

    assertThat(bill.components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:maven/com.google.guava/guava@33.0",
            "pkg:maven/org.x/app@7",
            "pkg:maven/tool@1.0-all");
  }

  /** Of each description no more is kept than the coordinates, and of too long a one nothing. */
  @Test
  void descriptionsAreShort() throws Exception {
    String folder = "META-INF/maven/org.x/";
    byte[] archive =
        zip(
            "META-INF/MANIFEST.MF",
            utf8("Manifest-Version: 1.0\nImplementation-Version: " + folded(300) + "\n\n"),
            folder + "a/pom.properties",
            concat(utf8("# " + "x".repeat(60_000) + "\n"), pom("org.x", "a", "1")),
            folder + "b/pom.properties",
            concat(utf8("# " + "x".repeat(70_000) + "\n"), pom("org.x", "b", "1")),
            folder + "c/pom.properties",
            pom("org.x", "c", "1".repeat(256)),
            folder + "d/pom.properties",
            pom("org.x", "d".repeat(255), "1"));
    assertThat(bill(l -> l.program("all.jar", archive)).components())
        .extracting(Component::name)
        .containsExactly("a", "d".repeat(255));
  }

  @Test
  void archivesBeyondAllMeasureAreNamed() throws Exception {
    Object[] entries = new Object[2 * 20_001];
    for (int i = 0; i < entries.length; i += 2) {
      entries[i] = "META-INF/maven/a/" + i + "/pom.properties";
      entries[i + 1] = NOTHING;
    }
    byte[] archive = zip("in.jar", zip(entries), "META-INF/maven/b/pom.properties", NOTHING);
    assertThat(bill(l -> l.program("a.jar", archive)).unread())
        .containsExactly(
            new BillOfMaterials.UnreadDatabase("/a.jar", "it has more than 20000 descriptions"));
  }

  /** A manifest's value of many ones, in lines of at most 72 bytes. */
  private static String folded(int length) {
    return "1" + "\n 1".repeat(length - 1);
  }

  /** However an archive is damaged, the rest of the image is read. */
  @Test
  void damagedArchivesHurtNothingElse() throws Exception {
    byte[] whole =
        zip(
            "META-INF/MANIFEST.MF",
            utf8("Manifest-Version: 1.0\nImplementation-Version: 1\n\n"),
            "META-INF/maven/org.x/lib/pom.properties",
            pom("org.x", "lib", "1.1"),
            "lib/inner.jar",
            zip("META-INF/maven/org.x/in/pom.properties", pom("org.x", "in", "1")));
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged =
          i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(4, whole.length)) : whole.clone();
      for (int j = 0; j < i % 5; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(
              SoftwareReading.read("x/lib.jar", damaged.length, new ByteArrayInputStream(damaged)))
          .as("round %d", i)
          .hasSizeLessThan(4);
    }
    assertThat(bill(l -> l.program("a.jar", cut(whole)).program("b.jar", whole)).components())
        .extracting(Component::purl)
        .contains("pkg:maven/org.x/lib@1.1", "pkg:maven/org.x/in@1");
  }

  /** What would keep a reader busy for hours, or take all its memory, if it were let. */
  @Test
  void hostileFilesAreReadSoonAndToTheirEnd() throws Exception {
    String dots = "/usr/share/common-licenses/GPL" + ".".repeat(900_000) + "x";
    String digits = "-1".repeat(30_000) + "!.jar";
    BillOfMaterials bill =
        bill(
            l ->
                l.file("var/lib/dpkg/status", "Package: a\nVersion: 1\n")
                    .file("usr/share/doc/a/copyright", dots)
                    .file("etc/redhat-release", "x\u2028" + " release ".repeat(300_000))
                    .file("app/node_modules/x/package.json", "[".repeat(2_000_000))
                    .file("app/node_modules/y/package.json", "{\"a\":".repeat(400_000))
                    .program("app/a.jar", zip(digits, zip("a", NOTHING))));

    assertThat(bill.components()).extracting(Component::name).containsExactly("a");
  }

  @Test
  void databasesBeyondAllMeasureAreNamed() throws Exception {
    for (String path : List.of("var/lib/rpm/Packages", "var/lib/dpkg/status")) {
      assertThat(SoftwareReading.read(path, 1L << 40, java.io.InputStream.nullInputStream()))
          .singleElement()
          .isInstanceOf(Fact.Unread.class);
    }
  }

  @Test
  void goModulesThatAreReplacedByAFolderHaveNoVersion() throws Exception {
    String modules =
        "0123456789abcdef"
            + "path\tk8s.io/k\nmod\tk8s.io/k\tv1.30.0\t\n"
            + "dep\tk8s.io/api\tv0.0.0\n=>\t./staging/api\t(devel)\t\n"
            + "dep\tgithub.com/c/d\tv0.1.0\n=>\tgithub.com/Fork/D\tv0.2.0\th1:z=\n"
            + "0123456789abcdef";
    byte[] program = BillOfMaterialsTest.goProgram("go1.24.1 X:boringcrypto", modules);
    byte[] withoutNote = program.clone();
    Arrays.fill(withoutNote, 3990, 4020, (byte) 0);
    for (byte[] content : List.of(program, withoutNote)) {
      assertThat(bill(l -> l.program("app", content)).components())
          .extracting(Component::purl)
          .containsExactly(
              "pkg:golang/github.com/fork/d@v0.2.0",
              "pkg:golang/k8s.io/api",
              "pkg:golang/k8s.io/k@v1.30.0",
              "pkg:golang/stdlib@1.24.1");
    }
  }

  /** Until Go 1.24 a program did not know its own version, only the commit. */
  @Test
  void aGoProgramsOwnVersionIsItsCommitWhenItKnowsNoOther() throws Exception {
    String modules =
        "0123456789abcdefmod\texample.com/app\t(devel)\t\nbuild\tCGO_ENABLED=0\nbuild\t-x\n"
            + "build\tvcs.revision=0123456789abcdef0123456789abcdef01234567\n"
            + "build\tvcs.time=2024-05-14T10:11:12Z\nbuild\tvcs.modified=false\n"
            + "0123456789abcdef";
    byte[] program = BillOfMaterialsTest.goProgram("go1.22.1", modules);
    assertThat(bill(l -> l.program("app", program)).components())
        .extracting(Component::purl)
        .containsExactly(
            "pkg:golang/example.com/app@v0.0.0-20240514101112-0123456789ab",
            "pkg:golang/stdlib@1.22.1");
  }

  @Test
  void theDocumentsNameTheSystem() throws Exception {
    BillOfMaterials bill = bill(l -> l.file("etc/os-release", "ID=debian\nVERSION_ID='12'\n"));
    assertThat((List<?>) CycloneDxDocument.of(bill, "cooper", "1").get("components"))
        .singleElement()
        .isEqualTo(
            Map.of(
                "type",
                "operating-system",
                "bom-ref",
                "system",
                "name",
                "debian",
                "version",
                "12"));
    assertThat((List<?>) SpdxDocument.of(bill, "cooper-1").get("packages"))
        .extracting(p -> (Object) ((Map<?, ?>) p).get("primaryPackagePurpose"))
        .containsExactly("CONTAINER", "OPERATING_SYSTEM");
  }

  /** What was learnt is kept beside the layer, so it must come back as it was. */
  @Test
  void factsComeBackFromTheCache() throws Exception {
    byte[] database = MadeRpmDatabase.ndb(MadeRpmDatabase.headers(2));
    MadeImage image =
        new MadeImage()
            .layer(
                "COPY",
                l ->
                    l.file(TarEntry.file("var/lib/rpm/Packages.db", 0), cut(database))
                        .file("var/lib/dpkg/status.d/a", "Package: a\nVersion: 1\nSource: b\n")
                        .file("usr/share/doc/a/copyright", "Format: x\nLicense: MIT\n"));
    MapFacts cache = new MapFacts();
    BillOfMaterials first = of(image, cache);
    assertThat(first.unread()).hasSize(1);
    assertThat(of(image, cache)).isEqualTo(first);
  }

  private static BillOfMaterials of(MadeImage image, FactsCache cache) throws IOException {
    try (ExploredImage explored = image.open()) {
      return BillOfMaterials.of(explored, "made", cache);
    }
  }

  private static BillOfMaterials bill(UnaryOperator<MadeImage.Layer> content) throws IOException {
    return of(new MadeImage().layer("COPY", content), FactsCache.NONE);
  }

  private static byte[] pom(String group, String artifact, String version) {
    return utf8("groupId=%s\nartifactId=%s\nversion=%s\n".formatted(group, artifact, version));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  /** Of names and contents in turns, in this order. */
  private static byte[] zip(Object... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        zip.write((byte[]) entries[i + 1]);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
