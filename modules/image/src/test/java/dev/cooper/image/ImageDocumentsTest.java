package dev.cooper.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDocumentsTest {
  private static final Digest DIGEST = Digest.sha256("x".getBytes(UTF_8));

  @Test
  void writesAConfigAsGoDoes() {
    ContainerConfig container =
        ContainerConfig.EMPTY
            .withUser("app:1000")
            .withExposedPorts(Set.of("80/tcp", "443/tcp"))
            .withEnv(List.of("PATH=/bin", "B=<&>\"\\é"))
            .withCmd(List.of("/while.sh"))
            .withVolumes(Set.of("/data"))
            .withWorkingDir("/srv")
            .withLabels(Map.of("b", "2", "a", "1"))
            .withStopSignal("SIGINT")
            .withHealthcheck(
                new Healthcheck(
                    List.of("CMD", "true"),
                    Duration.ofSeconds(30),
                    Duration.ZERO,
                    Duration.ofMillis(1),
                    Duration.ZERO,
                    3))
            .withOnBuild(List.of("RUN x"))
            .withShell(List.of("/bin/bash", "-c"));
    ImageConfig config =
        ImageConfig.scratch(new Platform("linux", "arm", "v7"))
            .withCreated(Instant.parse("2024-05-01T10:00:00.120Z"))
            .withAuthor("me")
            .withConfig(container)
            .withRootfs(RootFs.of(List.of(DIGEST)))
            .withHistory(
                List.of(
                    new History(Instant.EPOCH, "COPY . /", null, "c", null),
                    new History(null, "CMD", "me", null, true)));
    String json = new String(config.toJson(), UTF_8);
    assertThat(json)
        .isEqualTo(
            ("{'created':'2024-05-01T10:00:00.12Z','author':'me','architecture':'arm',"
                    + "'variant':'v7','os':'linux','config':{'User':'app:1000',"
                    + "'ExposedPorts':{'443/tcp':{},'80/tcp':{}},"
                    + "'Env':['PATH=/bin','B=<&>\\'\\\\é'],'Cmd':['/while.sh'],"
                    + "'Volumes':{'/data':{}},'WorkingDir':'/srv','Labels':{'a':'1','b':'2'},"
                    + "'StopSignal':'SIGINT','Healthcheck':{'Test':['CMD','true'],"
                    + "'Interval':30000000000,'StartPeriod':1000000,'Retries':3},"
                    + "'OnBuild':['RUN x'],'Shell':['/bin/bash','-c']},"
                    + "'rootfs':{'type':'layers','diff_ids':['"
                    + DIGEST
                    + "']},'history':[{'created':'1970-01-01T00:00:00Z','created_by':'COPY . /',"
                    + "'comment':'c'},{'created_by':'CMD','author':'me','empty_layer':true}]}")
                .replace('\'', '"')
                .replace("\\\"\\\\é", "\\\"\\\\é"));
    assertThat(ImageConfig.parse(config.toJson())).isEqualTo(config);
  }

  @Test
  void writesTheEmptyImageWithItsEmptyLists() {
    byte[] json = ImageConfig.scratch(new Platform("linux", "amd64", null)).toJson();
    assertThat(new String(json, UTF_8))
        .isEqualTo(
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"history\":[]}");
    Manifest manifest = Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, json), List.of());
    assertThat(new String(manifest.toJson(), UTF_8)).contains("\"layers\":[]");
    assertThat(Manifest.parse(manifest.toJson())).isEqualTo(manifest);
  }

  @Test
  void readsWhatDockerWrites() {
    String json =
        """
        {"architecture":"amd64","config":{"Hostname":"","Domainname":"","User":"",
        "AttachStdin":false,"Tty":false,"ExposedPorts":null,"Env":null,"Cmd":["sh"],
        "Image":"sha256:abc","Volumes":null,"WorkingDir":"","Entrypoint":"/init",
        "OnBuild":null,"Labels":{"k":null},"ArgsEscaped":true,
        "healthcheck":{"test":["NONE"]}},
        "container":"f00","container_config":{"Cmd":["x"],"Nested":{"a":[1,2.5,{"b":null}]}},
        "created":"2022-08-05T01:19:54.380123456+02:00","docker_version":"20.10.12",
        "history":[{"created":"2022-08-05T01:19:54Z","created_by":"/bin/sh -c #(nop)","empty_layer":true}],
        "os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]},"unknown":[[],{}]}
        """
            .formatted(DIGEST);
    ImageConfig config = ImageConfig.parse(json.getBytes(UTF_8));
    assertThat(config.created()).isEqualTo(Instant.parse("2022-08-04T23:19:54.380123456Z"));
    assertThat(config.config().entrypoint()).containsExactly("/init");
    assertThat(config.config().cmd()).containsExactly("sh");
    assertThat(config.config().env()).isEmpty();
    assertThat(config.config().labels()).containsExactly(Map.entry("k", ""));
    assertThat(config.config().argsEscaped()).isTrue();
    assertThat(config.config().healthcheck().test()).containsExactly("NONE");
    assertThat(config.history().getFirst().isEmptyLayer()).isTrue();
    assertThat(config.rootfs().diffIds()).containsExactly(DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "\"x\"",
        "{\"config\":[]}",
        "{\"rootfs\":{\"diff_ids\":[\"x\"]}}",
        "{\"created\":\"yesterday\"}",
        "{\"history\":{}}",
        "\u0000"
      })
  void refusesWhatIsNoConfig(String json) {
    assertThatThrownBy(() -> ImageConfig.parse(json.getBytes(UTF_8)))
        .isInstanceOf(CooperException.Corrupt.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"schemaVersion\":1,\"layers\":[]}",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":2,\"config\":{\"size\":1}}",
      })
  void refusesWhatIsNoManifest(String json) {
    assertThatThrownBy(() -> Manifest.parse(json.getBytes(UTF_8)))
        .isInstanceOf(CooperException.Corrupt.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refusesWhatIsNestedBeyondAllMeasure(String open) {
    byte[] json = ("{\"schemaVersion\":2,\"x\":" + open.repeat(500_000)).getBytes(UTF_8);
    assertThatThrownBy(() -> Manifest.parse(json))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessage("malformed manifest: nested too deeply");
    assertThatThrownBy(() -> JsonDocuments.isIndex("", json))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessage("malformed manifest: nested too deeply");
    assertThatThrownBy(() -> ImageConfig.parse(json)).isInstanceOf(CooperException.Corrupt.class);
  }

  @Test
  void readsAnImageThroughAnIndexByPlatform() throws IOException {
    MemoryBlobs blobs = new MemoryBlobs();
    Descriptor arm = put(blobs, new Platform("linux", "arm64", "v8"));
    Descriptor amd = put(blobs, new Platform("linux", "amd64", null));
    byte[] inner = Index.of(List.of(arm, amd)).toJson();
    blobs.put(inner);
    byte[] outer = Index.of(List.of(Descriptor.of(MediaTypes.OCI_INDEX, inner))).toJson();
    Digest outerDigest = blobs.put(outer);
    for (String type : List.of(MediaTypes.OCI_INDEX, "", "application/json")) {
      Descriptor entry = Descriptor.of(type, outerDigest, outer.length);
      Image image = Image.read(blobs, entry, Platform.parse("linux/aarch64"));
      assertThat(image.manifestDigest()).isEqualTo(arm.digest());
      assertThat(image.config().platform()).hasToString("linux/arm64");
      assertThat(Image.read(blobs, entry, Platform.parse("x86_64")).manifestDigest())
          .isEqualTo(amd.digest());
      assertThatThrownBy(() -> Image.read(blobs, entry, Platform.parse("linux/riscv64")))
          .isInstanceOf(CooperException.NotFound.class)
          .hasMessage("no matching manifest for linux/riscv64");
    }
  }

  @Test
  void noticesChangedBytes() throws IOException {
    MemoryBlobs blobs = new MemoryBlobs();
    Descriptor manifest = put(blobs, new Platform("linux", "amd64", null));
    blobs.blobs().put(manifest.digest(), "{}".getBytes(UTF_8));
    assertThatThrownBy(() -> Image.read(blobs, manifest, Platform.host()))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("does not match its digest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "9999-12-31T00:00:00.5Z"
      })
  void timesAreThemselves(String text) {
    assertThat(Rfc3339.format(Rfc3339.parse(text))).isEqualTo(text);
    assertThat(Rfc3339.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-30T00:00:00Z",
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00+1:00",
        "2024-01-01T00:00:00Zx",
        "x"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(CooperException.Corrupt.class);
  }

  private static Descriptor put(MemoryBlobs blobs, Platform platform) throws IOException {
    byte[] config = ImageConfig.scratch(platform).toJson();
    blobs.put(config);
    byte[] manifest = Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config), List.of()).toJson();
    blobs.put(manifest);
    return Descriptor.of(MediaTypes.OCI_MANIFEST, manifest).withPlatform(platform);
  }
}
