package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MountTest {

  private static Mount mount(String flag) {
    Instruction.Run run =
        (Instruction.Run)
            Dockerfile.parse("FROM scratch\nRUN --mount=" + flag + " x\n")
                .stages()
                .getFirst()
                .instructions()
                .getFirst();
    return run.mounts(Variables.of(Map.of("t", "cache", "d", "/a,b", "n", "7"))).getFirst();
  }

  @Test
  void aBindMountIsTheDefault() {
    Mount mount = mount("target=/t,source=s,from=stage");

    assertThat(mount)
        .isEqualTo(
            new Mount(
                Mount.Type.BIND,
                "stage",
                "s",
                "/t",
                true,
                0,
                null,
                null,
                false,
                null,
                null,
                null,
                null));
    assertThat(mount("dst=/t,rw").readOnly()).isFalse();
    assertThat(mount("destination=/t,readwrite=true").readOnly()).isFalse();
    assertThat(mount("dst=/t,rw=false,src=x").source()).isEqualTo("x");
  }

  @Test
  void caches() {
    Mount mount =
        mount("type=cache,id=i,target=/t,sharing=Locked,from=s,source=d,mode=0700,uid=1,gid=2");

    assertThat(mount)
        .isEqualTo(
            new Mount(
                Mount.Type.CACHE,
                "s",
                "d",
                "/t",
                false,
                0,
                "i",
                Mount.Sharing.LOCKED,
                false,
                null,
                0700,
                1L,
                2L));
    assertThat(mount("type=cache,target=/t,ro").readOnly()).isTrue();
    assertThat(mount("type=cache,target=/t").sharing()).isNull();
  }

  @Test
  void memory() {
    assertThat(mount("type=tmpfs,target=/t,size=1.5m").sizeLimit()).isEqualTo(1_572_864);
    assertThat(mount("type=tmpfs,target=/t,size=64").sizeLimit()).isEqualTo(64);
    assertThat(mount("type=tmpfs,target=/t,size=2KiB").sizeLimit()).isEqualTo(2048);
    assertThat(mount("type=TMPFS,target=/t,size=1GB").sizeLimit()).isEqualTo(1L << 30);
    assertThat(mount("type=tmpfs,target=/t").readOnly()).isFalse();
  }

  @Test
  void secrets() {
    Mount mount = mount("type=secret,id=a,target=/t,required,mode=0440,env=A");

    assertThat(mount.required()).isTrue();
    assertThat(mount.readOnly()).isTrue();
    assertThat(mount.mode()).isEqualTo(0440);
    assertThat(mount.environment()).isEqualTo("A");
    assertThat(mount.secretId()).isEqualTo("a");
    assertThat(mount("type=secret,source=b").secretId()).isEqualTo("b");
    assertThat(mount("type=secret,target=/x/c.txt").secretId()).isEqualTo("c.txt");
    assertThat(mount("type=secret,id=a,env=").environment()).isEmpty();
    assertThat(mount("type=secret,id=a,required=false").required()).isFalse();
  }

  @Test
  void agents() {
    Mount mount = mount("type=ssh");

    assertThat(mount.type()).isEqualTo(Mount.Type.SSH);
    assertThat(mount.id()).isNull();
    assertThat(mount("type=ssh,id=x,required=1,target=/s,mode=600").id()).isEqualTo("x");
    assertThatThrownBy(mount::secretId).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void variablesInOptionsAreReplacedAndNotSplit() {
    Mount mount = mount("type=$t,target=$d,uid=${n},id=${none:-x}");

    assertThat(mount.type()).isEqualTo(Mount.Type.CACHE);
    assertThat(mount.target()).isEqualTo("/a,b");
    assertThat(mount.uid()).isEqualTo(7);
    assertThat(mount.id()).isEqualTo("x");
  }

  @Test
  void wrongValuesOfVariablesAreTold() {
    assertThatThrownBy(() -> mount("type=$n,target=/x"))
        .isInstanceOf(DockerfileException.class)
        .hasMessage("unsupported mount type \"7\"");
  }

  @Test
  void fieldsMayBeQuoted() {
    assertThat(mount("\\\"target=/a,b\\\",\\\"source=ab\\\"").target()).isEqualTo("/a,b");
    assertThat(mount("'\"target=/a b\"'").target()).isEqualTo("/a b");
  }
}
