package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {

  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "+5s,PT5S",
    "1h2m3s,PT1H2M3S",
    "1.5s,PT1.5S",
    ".5s,PT0.5S",
    "5.s,PT5S",
    "1500ms,PT1.5S",
    "1000us,PT0.001S",
    "1000µs,PT0.001S",
    "1000000ns,PT0.001S",
    "0s,PT0S",
    "48h,PT48H",
  })
  void durations(String text, Duration duration) {
    assertThat(GoDuration.ofFlag("interval", text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "1", "1x", "-", "1s1", ".s", "1e3s", "99999999999h", "1 s"})
  void noDurations(String text) {
    assertThatThrownBy(() -> GoDuration.ofFlag("interval", text)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "1b,1",
    "1k,1024",
    "1K,1024",
    "1kb,1024",
    "1KiB,1024",
    "1 k,1024",
    "2g,2147483648",
    "0.5k,512",
    "1p,1125899906842624"
  })
  void sizes(String text, long bytes) {
    assertThat(ByteCount.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "x", "1x", "1kk", "-1", "1..2", ".", "1kib2", "9999999p", "1bb"})
  void noSizes(String text) {
    assertThat(ByteCount.parse(text)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SIGTERM",
        "term",
        "SigKill",
        "9",
        "15",
        "64",
        "999",
        "RTMIN",
        "SIGRTMAX",
        "RTMIN+1",
        "SIGRTMIN+15",
        "RTMAX-14",
        "winch"
      })
  void signals(String text) {
    assertThat(Signals.isSignal(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "00",
        "SIG",
        "SIGSIG",
        "TER",
        "RTMIN+16",
        "RTMAX-15",
        "RTMIN+",
        "RTMIN+01",
        "-9",
        "9 ",
        "A B",
        "99999999999",
        "HUP INT"
      })
  void noSignals(String text) {
    assertThat(Signals.isSignal(text)).isFalse();
  }

  @Test
  void ports() {
    List<String> ports = new ArrayList<>();
    for (String port :
        List.of(
            "80",
            "81/UDP",
            "1-3/sctp",
            "5-5",
            "10:82",
            "1.2.3.4:10:83",
            "[::1]:10:84",
            "10-12:85",
            "1.2.3.4::86",
            "::87")) {
      Ports.expose(port, ports);
    }

    assertThat(ports)
        .containsExactly(
            "80/tcp", "81/udp", "1/sctp", "2/sctp", "3/sctp", "5/tcp", "82/tcp", "83/tcp", "84/tcp",
            "85/tcp", "86/tcp", "87/tcp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3.4",
        "255.255.255.255",
        "::",
        "::1",
        "[::1]",
        "1::",
        "1:2:3:4:5:6:7:8",
        "fe80::1",
        "::1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4",
        "[fe80::1%eth0]"
      })
  void addresses(String text) {
    assertThat(InternetAddress.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4.5",
        "a",
        "1:2:3",
        "1::2::3",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7::8",
        "::1.2.3",
        ":1",
        "1.2.3.4:"
      })
  void noAddresses(String text) {
    assertThat(InternetAddress.isValid(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "busybox",
        "a/b/c",
        "a.b",
        "a__b",
        "a---b",
        "a-b_c.d",
        "busybox:1.2-x_Y",
        "localhost/a",
        "localhost:5000/a",
        "Host/a",
        "host:80/a/b:c",
        "[::1]:5000/a",
        "x.y/a",
        "a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "a:b@sha256:0123456789abcdef0123456789abcdef",
        "scratch",
        "0"
      })
  void imageNames(String text) {
    assertThat(ImageNames.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":a",
        "a:",
        "a:-b",
        "A",
        "a/B",
        "a_",
        "_a",
        "a___b",
        "a..b",
        "a._b",
        "a//b",
        "/a",
        "a/",
        "a b",
        "a@",
        "a@sha256:12",
        "a@x",
        "a:b:c",
        "-host.x/a",
        "host:x/a",
        "a$b",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void noImageNames(String text) {
    assertThat(ImageNames.isValid(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a,a",
    "a/b,a/b",
    "a//b,a/b",
    "./a,a",
    "a/.,a",
    "a/../b,b",
    "../a,../a",
    "a/../../b,../b",
    "/a/,/a",
    "/../a,/a",
    "/,/",
    ".,.",
    "a/..,.",
    "..,..",
    "a/./b/../c,a/c",
    ".a,.a",
    "a/.b,a/.b",
  })
  void cleanPaths(String path, String clean) {
    assertThat(CleanPath.of(path)).isEqualTo(clean);
  }

  @Test
  void anEmptyPathIsHere() {
    assertThat(CleanPath.of("")).isEqualTo(".");
  }

  @ParameterizedTest
  @CsvSource({"COYP,COPY", "RNU,RUN", "FORM,FROM", "ENVV,ENV", "XXXX,", "COPY,", "CPOPY,COPY"})
  void suggestions(String value, String option) {
    assertThat(Suggestion.closest(value, InstructionParser.NAMES)).isEqualTo(option);
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64,linux/amd64",
    "linux/x86_64,linux/amd64",
    "linux/aarch64,linux/arm64",
    "linux/arm64/v8,linux/arm64",
    "arm64,linux/arm64",
    "windows,windows",
    "linux/armhf,linux/arm",
    "Linux/AMD64,linux/amd64",
    "linux/arm/v7,linux/arm/v7",
    "linux/sw64,linux/sw64",
  })
  void platforms(String platform, String normalized) {
    assertThat(Platforms.normalized(platform)).isEqualTo(normalized);
  }

  @Test
  void textIsQuotedWithoutControlCharacters() {
    assertThat(Quoted.of("a\"b\\c\n\t\r\0é")).isEqualTo("\"a\\\"b\\\\c\\n\\t\\r\\x00é\"");
  }
}
