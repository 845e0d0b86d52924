package dev.cooper.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.linux.Linux;
import dev.cooper.runtime.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One at a time, and nobody else may keep us waiting. */
class MachineLockTest {
  @TempDir Path directory;

  @Test
  void itsFolderIsItsOwnersAlone() throws IOException {
    Path file = directory.resolve("cooper/network.lock");
    try (MachineLock _ = MachineLock.acquire(file)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
  }

  /** In /tmp or /run/lock any user could take the lock and never give it back. */
  @Test
  void thatOfTheNetworksIsInAFolderOnlyRootWritesTo() throws IOException {
    Assumptions.assumeTrue(
        Linux.available() && Privileges.isRoot(), "SKIPPED: the machine's lock is root's");
    assertThat(Networks.LOCK).isEqualTo(Path.of("/run/cooper/network.lock"));
    try (MachineLock _ = MachineLock.acquire(Networks.LOCK)) {
      String permissions =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(Networks.LOCK.getParent()));
      assertThat(permissions.charAt(4)).as("group may write").isEqualTo('-');
      assertThat(permissions.charAt(7)).as("others may write").isEqualTo('-');
    }
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path victim = directory.resolve("victim");
    Path file = Files.createSymbolicLink(directory.resolve("network.lock"), victim);
    assertThatThrownBy(() -> MachineLock.acquire(file)).isInstanceOf(IOException.class);
    assertThat(victim).doesNotExist();
    // The failed attempt holds nothing.
    MachineLock.acquire(directory.resolve("other.lock")).close();
  }

  @Test
  void aSecondHolderWaitsForTheFirst() throws Exception {
    Path file = directory.resolve("network.lock");
    AtomicBoolean released = new AtomicBoolean();
    AtomicBoolean inTurn = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1);
    Thread second;
    try (MachineLock _ = MachineLock.acquire(file)) {
      second =
          Thread.ofPlatform()
              .start(
                  () -> {
                    started.countDown();
                    try (MachineLock _ = MachineLock.acquire(file)) {
                      inTurn.set(released.get());
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      started.await();
      Thread.onSpinWait();
      released.set(true);
    }
    second.join();
    assertThat(inTurn).isTrue();
  }
}
