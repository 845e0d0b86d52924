package dev.cooper.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that containers use, and those that none does. */
class VolumeUseTest {
  private static final String ID = "a".repeat(64);

  @TempDir Path folder;
  private ContainerRecords records;
  private Volumes volumes;
  private VolumeUse use;

  @BeforeEach
  void open() throws IOException {
    Store store = Store.open(folder.resolve("root"));
    records = new ContainerRecords(store);
    volumes = new Volumes(store);
    use = new VolumeUse(volumes, records);
    volumes.create("used", false, Map.of());
    volumes.create("free", false, Map.of("a", "b"));
    Container container =
        ContainerRecordsTest.container(
            ID,
            "one",
            List.of(
                new MountPoint(MountRequest.VOLUME, "used", "/x", "/v", false, false, List.of())));
    try (Locks.Held held = records.lock(ID)) {
      ContainerFolder unused = records.begin(ID);
      records.claim("one", ID);
      records.commit(container, ContainerState.NEW);
    }
  }

  @Test
  void oneInUseStays() throws IOException {
    assertThat(use.users("used")).containsExactly(ID);
    assertThat(use.unused()).extracting(Volume::name).containsExactly("free");
    assertThatThrownBy(() -> use.remove("used"))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessage("remove used: volume is in use - [" + ID + "]");
    assertThat(volumes.find("used")).isPresent();
  }

  @Test
  void oneThatNobodyUsesGoesWithItsContent() throws IOException {
    Files.writeString(volumes.data("free").resolve("file"), "12345");
    assertThat(use.size(volumes.find("free").orElseThrow())).isEqualTo(5);
    use.remove("free");
    assertThat(volumes.find("free")).isEmpty();
    assertThatThrownBy(() -> use.remove("free"))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessage("No such volume: free");
    assertThatThrownBy(() -> use.remove("../containers"))
        .isInstanceOf(CooperException.NotFound.class);
  }

  @Test
  void ofThoseWithoutANameOnlyTheUnusedGoWithAContainer() throws IOException {
    use.removeAnonymous(List.of(anonymous("used"), anonymous("free")));
    assertThat(volumes.list()).extracting(Volume::name).containsExactly("used");
    try (Locks.Held held = records.lock(ID)) {
      records.remove(ID, "one");
    }
    use.removeAnonymous(List.of(anonymous("used").shared(true)));
    assertThat(volumes.list()).isEmpty();
  }

  @Test
  void oneStaysWhenARecordCannotBeRead() throws IOException {
    Files.writeString(records.folder(ID).container(), "damaged");
    use.removeAnonymous(List.of(anonymous("free")));
    assertThat(volumes.find("free")).isPresent();
  }

  private static MountPoint anonymous(String name) {
    return new MountPoint(MountRequest.VOLUME, name, "/x", "/v", false, true, List.of());
  }
}
