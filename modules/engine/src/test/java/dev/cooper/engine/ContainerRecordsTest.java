package dev.cooper.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRecordsTest {
  @TempDir Path folder;

  private static Container container(String id, String name) {
    return container(
        id,
        name,
        List.of(
            new MountPoint(MountRequest.BIND, "", "/a", "/b", true, false, List.of("rshared"))));
  }

  static Container container(String id, String name, List<MountPoint> mounts) {
    return new Container(
        id,
        name,
        "2026-01-01T00:00:00Z",
        "minios",
        "sha256:" + "1".repeat(64),
        "sha256:" + "2".repeat(64),
        "linux/amd64",
        List.of("/entry"),
        List.of("a", "b"),
        List.of("A=b"),
        "/",
        "",
        false,
        false,
        Attachment.OUTPUT,
        "SIGTERM",
        10,
        Map.of("k", "v"),
        List.of("80/tcp"),
        List.of(),
        Networking.BRIDGE.withPorts(PortBinding.parse("8080:80")),
        Storage.PLAIN,
        mounts,
        Limits.NONE,
        Security.STANDARD,
        Isolation.FULL,
        true);
  }

  private ContainerRecords records() {
    return new ContainerRecords(Store.open(folder.resolve("root")));
  }

  private static void make(ContainerRecords records, Container container) throws IOException {
    try (Locks.Held held = records.lock(container.id())) {
      ContainerFolder unused = records.begin(container.id());
      records.claim(container.name(), container.id());
      records.commit(container, ContainerState.NEW);
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    ContainerRecords records = records();
    Container container = container("a".repeat(64), "one");
    make(records, container);
    assertThat(records.read(container.id())).contains(container);
    assertThat(records.readState(container.id())).isEqualTo(ContainerState.NEW);
    ContainerState started =
        ContainerState.NEW.started(
            "2026-01-01T00:00:01Z",
            7,
            List.of(new NetworkAddress("bridge", "x", "10.0.0.2", 16, "10.0.0.1", "aa:bb")),
            container.network().ports());
    records.write(container.id(), started);
    assertThat(records.readState(container.id())).isEqualTo(started);
  }

  @Test
  void aContainerIsFoundByNameAndByTheBeginningOfItsId() throws IOException {
    ContainerRecords records = records();
    make(records, container("abc" + "0".repeat(61), "one"));
    make(records, container("abd" + "0".repeat(61), "two"));
    assertThat(records.require("one").name()).isEqualTo("one");
    assertThat(records.require("/two").name()).isEqualTo("two");
    assertThat(records.require("abd").name()).isEqualTo("two");
    assertThatThrownBy(() -> records.require("ab"))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("Multiple IDs found with provided prefix: ab");
    assertThatThrownBy(() -> records.require("nope"))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessage("No such container: nope");
    assertThat(records.find("../x")).isEmpty();
  }

  @Test
  void aNameIsUniqueAndFreeAgainAfterwards() throws IOException {
    ContainerRecords records = records();
    Container first = container("a".repeat(64), "name");
    make(records, first);
    assertThatThrownBy(() -> records.claim("name", "b".repeat(64)))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessageContaining("\"/name\" is already in use by container \"" + "a".repeat(64));
    records.remove(first.id(), "name");
    assertThat(records.ids()).isEmpty();
    records.claim("name", "b".repeat(64));
  }

  @Test
  void aNameOfACommandThatWasKilledIsFree() throws IOException {
    ContainerRecords records = records();
    ContainerFolder half = records.begin("c".repeat(64));
    records.claim("name", "c".repeat(64));
    assertThat(half.container()).doesNotExist();
    records.claim("name", "d".repeat(64));
    records.sweep();
    assertThat(half.path()).doesNotExist();
  }

  @Test
  void ofManyThatWantOneNameOneGetsIt() throws Exception {
    ContainerRecords records = records();
    List<Future<Boolean>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 16; i++) {
        Container container = container(String.format("%064x", i + 1), "wanted");
        results.add(
            threads.submit(
                () -> {
                  try {
                    make(records, container);
                    return true;
                  } catch (CooperException.Conflict e) {
                    return false;
                  }
                }));
      }
    }
    int winners = 0;
    for (Future<Boolean> result : results) {
      winners += result.get() ? 1 : 0;
    }
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void damageIsToldInOneLine() throws IOException {
    ContainerRecords records = records();
    Container container = container("a".repeat(64), "one");
    make(records, container);
    Files.writeString(records.folder(container.id()).state(), "{\"status\":");
    assertThatThrownBy(() -> records.readState(container.id()))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageEndingWith("state.json is damaged");
  }
}
