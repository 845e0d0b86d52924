package dev.cooper.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users write after {@code -p}, {@code -v}, {@code --mount}, {@code --ulimit}. */
class SyntaxTest {
  private static final Path HERE = Path.of("/home/me");

  @Test
  void ports() {
    assertThat(PortBinding.parse("80")).containsExactly(new PortBinding("", 0, 80, "tcp"));
    assertThat(PortBinding.parse("8080:80/udp"))
        .containsExactly(new PortBinding("", 8080, 80, "udp"));
    assertThat(PortBinding.parse("127.0.0.1:8080:80"))
        .containsExactly(new PortBinding("127.0.0.1", 8080, 80, "tcp"));
    assertThat(PortBinding.parse("127.0.0.1::80"))
        .containsExactly(new PortBinding("127.0.0.1", 0, 80, "tcp"));
    assertThat(PortBinding.parse("[::1]:8080:80"))
        .containsExactly(new PortBinding("::1", 8080, 80, "tcp"));
    assertThat(PortBinding.parse("8000-8001:90-91"))
        .containsExactly(
            new PortBinding("", 8000, 90, "tcp"), new PortBinding("", 8001, 91, "tcp"));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, invalid containerPort: abc",
    "1:abc, invalid containerPort: abc",
    "abc:1, invalid hostPort: abc",
    "80/xyz, invalid proto: xyz",
    "0:0, invalid containerPort: 0",
    "70000, invalid containerPort: 70000",
    "1-2:5-9, invalid ranges specified for container and host Ports: 5-9 and 1-2",
    "x.y:1:2, invalid IP address: x.y"
  })
  void portsThatAreNone(String text, String message) {
    assertThatThrownBy(() -> PortBinding.parse(text))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage(message);
  }

  @Test
  void volumes() {
    assertThat(MountSyntax.volume("/data", HERE))
        .isEqualTo(mount(MountRequest.VOLUME, "", "/data", false, false));
    assertThat(MountSyntax.volume("name:/data:ro", HERE))
        .isEqualTo(mount(MountRequest.VOLUME, "name", "/data", true, false));
    assertThat(MountSyntax.volume("/a:/b/../c", HERE))
        .isEqualTo(mount(MountRequest.BIND, "/a", "/c", false, true));
    assertThat(MountSyntax.volume("./a:/b", HERE))
        .isEqualTo(mount(MountRequest.BIND, "/home/me/a", "/b", false, true));
    assertThat(MountSyntax.mount("type=bind,src=/a,dst=/b,readonly", HERE))
        .isEqualTo(mount(MountRequest.BIND, "/a", "/b", true, false));
    assertThat(MountSyntax.mount("source=vol,target=/b", HERE))
        .isEqualTo(mount(MountRequest.VOLUME, "vol", "/b", false, false));
    assertThat(MountSyntax.tmpfs("/run:size=64m,mode=1777").options())
        .containsExactly("size=64m", "mode=1777");
  }

  private static MountRequest mount(
      String type, String source, String target, boolean readOnly, boolean create) {
    return new MountRequest(type, source, target, readOnly, create, false, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "a:b:c:d, invalid volume specification: 'a:b:c:d'",
    ":/x, invalid volume specification: ':/x'",
    "/a:b, 'invalid volume specification: ''/a:b'': invalid mount config for type \"bind\": invalid mount path: ''b'' mount path must be absolute'",
    "/a:/, 'invalid volume specification: ''/a:/'': invalid specification: destination can''t be ''/'''",
    "/a:/b:zz, invalid mode: zz"
  })
  void volumesThatAreNone(String text, String message) {
    assertThatThrownBy(() -> MountSyntax.volume(text, HERE))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage(message);
  }

  @Test
  void aPathAsVolumeNameIsExplained() {
    assertThatThrownBy(() -> MountSyntax.volume("a/b:/c", HERE))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("If you intended to pass a host directory, use absolute path");
  }

  @ParameterizedTest
  @CsvSource({
    "nofile=10:20, 10, 20",
    "nofile=7, 7, 7",
    "core=-1, -1, -1",
  })
  void ulimits(String text, long soft, long hard) {
    Ulimit limit = Ulimit.parse(text);
    assertThat(limit.soft()).isEqualTo(soft);
    assertThat(limit.hard()).isEqualTo(hard);
  }

  @ParameterizedTest
  @CsvSource({"nofile", "foo=1", "nofile=x", "nofile=20:10", "nofile=-1:10"})
  void ulimitsThatAreNone(String text) {
    assertThatThrownBy(() -> Ulimit.parse(text)).isInstanceOf(CooperException.InvalidInput.class);
  }
}
