package dev.cooper.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of netavark's answers, with a script that gives them. */
class NetavarkTest {
  @TempDir Path directory;

  private final Network network =
      new Network(
          "0".repeat(64),
          "web",
          "cpt-web",
          Subnet.parse("10.91.7.0/24"),
          "10.91.7.1",
          false,
          true,
          java.time.Instant.EPOCH,
          Map.of());

  @BeforeEach
  void linux() {
    Assumptions.assumeTrue(Linux.available(), "SKIPPED: not Linux");
  }

  private Netavark answering(String answer, int exitCode) throws IOException {
    Path program = directory.resolve("netavark");
    Files.writeString(
        program,
        "#!/bin/sh\ncat > " + directory + "/asked\necho '" + answer + "'\nexit " + exitCode);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Netavark(program, directory.resolve("config"));
  }

  private Lease lease() {
    return new Lease(
        "10.91.7.2",
        new Connection(
            "c".repeat(64),
            "box",
            Path.of("/run/netns/none"),
            "eth0",
            java.util.Optional.empty(),
            List.of(),
            List.of()));
  }

  @Test
  void rulesThatAreGoneAlreadyAreTakenDown() throws IOException {
    answering("{\"error\":\"code: 1, msg: iptables: No chain/target/match by that name.\"}", 1)
        .tearDown(network, lease());
    assertThat(directory.resolve("asked")).content().contains("10.91.7.2", "cpt-web");
  }

  @Test
  void anyOtherFailureOfTearingDownIsTold() throws IOException {
    Netavark netavark = answering("{\"error\":\"cannot open netns\"}", 1);
    assertThatThrownBy(() -> netavark.tearDown(network, lease()))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessage("network web: netavark teardown failed: cannot open netns");
  }

  @Test
  void missingRulesAreAFailureOfSettingUp() throws IOException {
    Netavark netavark =
        answering("{\"error\":\"iptables: No chain/target/match by that name.\"}", 1);
    assertThatThrownBy(() -> netavark.setUp(network, lease()))
        .isInstanceOf(CooperException.Failed.class)
        .hasMessageContaining("netavark setup failed");
  }
}
