package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.bytes;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.examine;
import static dev.cooper.explore.doctor.Examination.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.MadeImage;
import dev.cooper.explore.fact.SecretPatterns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorSecretsTest {
  @Test
  void aSecretThatALaterLayerRemovesIsStillThere() {
    String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";
    MadeImage image =
        base()
            .layer("COPY . /", l -> l.file("root/.ssh/id_ed25519", key).file("srv/tls.key", key))
            .layer("RUN rm", l -> l.remove("root/.ssh/id_ed25519"))
            .layer("COPY app", l -> l.program("app", RUNS))
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

  private static String secret(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(SecretPatterns.isCandidate(path, bytes.length)).isTrue();
    return SecretPatterns.find(path, bytes).orElse("");
  }

  @Test
  void aSecretIsNotToldAgain() {
    MadeImage image =
        base()
            .step("RUN |1 NPM_TOKEN=hunter22hunter /bin/sh -c npm install # buildkit")
            .config(c -> c.withConfig(c.config().withEnv(List.of("DB_PASSWORD=hunter22hunter"))));
    assertThat(examine(image))
        .filteredOn(finding -> finding.kind() == FindingKind.SECRET_IN_CONFIG)
        .hasSize(2)
        .extracting(Finding::instruction)
        .containsExactlyInAnyOrder("ENV DB_PASSWORD=…", "ARG NPM_TOKEN");
    assertThat(examine(image).toString()).doesNotContain("hunter22");
  }
}
