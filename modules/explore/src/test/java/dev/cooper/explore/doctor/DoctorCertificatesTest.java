package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.bytes;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.MadeImage;
import dev.cooper.explore.bill.BillOfMaterialsTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DoctorCertificatesTest {
  @Test
  void tlsNeedsCertificates() {
    MadeImage image =
        base()
            .layer("RUN apt install curl", l -> l.program("usr/bin/curl", RUNS))
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
  void ofSeveralClientsTheOneThatIsStartedIsNamed() {
    MadeImage image =
        base()
            .layer(
                "RUN apt install",
                l -> l.program("usr/bin/curl", RUNS).program("usr/bin/wget", RUNS))
            .config(command("/usr/bin/wget"));
    assertThat(findings(image)).containsExactly("WARNING no-ca-certificates /usr/bin/wget 1");
    assertThat(Examination.examine(image).getFirst().message()).endsWith("so do those of 1 more");
  }
}
