package dev.cooper.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DirectoryListingTest {
  @TempDir Path folder;

  @Test
  void listsEveryEntryWithItsStatus() throws Exception {
    Map<String, Long> sizes = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      String name = "a-rather-long-name-so-that-one-buffer-does-not-hold-all-" + i;
      Files.write(folder.resolve(name), new byte[i % 7]);
      sizes.put(name, (long) (i % 7));
    }
    Map<String, Long> seen = new HashMap<>();
    for (DirectoryListing.Entry entry : DirectoryListing.read(bytes(folder))) {
      seen.put(new String(entry.name(), StandardCharsets.UTF_8), entry.status().size());
    }
    assertThat(seen).isEqualTo(sizes);
  }

  @Test
  void tellsLinksFromWhatTheyLeadTo() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    Files.createDirectory(folder.resolve("directory"));
    Map<String, FileStatus> seen = new HashMap<>();
    for (DirectoryListing.Entry entry : DirectoryListing.read(bytes(folder))) {
      seen.put(new String(entry.name(), StandardCharsets.UTF_8), entry.status());
    }
    assertThat(seen.get("link").isLink()).isTrue();
    assertThat(seen.get("directory").isDirectory()).isTrue();
    assertThat(
            new String(FileHandle.readLink(bytes(folder.resolve("link"))), StandardCharsets.UTF_8))
        .isEqualTo("nowhere");
  }

  @Test
  void refusesWhatIsNoDirectory() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> DirectoryListing.read(bytes(file)))
        .isInstanceOfSatisfying(
            LinuxException.class, e -> assertThat(e.is(Errno.ENOTDIR)).isTrue());
  }

  @Test
  void readsThroughANativeBufferWithoutFollowingALink() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    NativeBuffer buffer = NativeBuffer.ofSize(4);
    StringBuilder text = new StringBuilder();
    try (FileHandle handle = FileHandle.open(bytes(file), FileHandle.Access.READ)) {
      for (int read = handle.read(buffer); read > 0; read = handle.read(buffer)) {
        for (int i = 0; i < read; i++) {
          text.append((char) buffer.bytes().get(i));
        }
      }
    }
    assertThat(text).hasToString("content");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatThrownBy(() -> FileHandle.open(bytes(link), FileHandle.Access.READ))
        .isInstanceOfSatisfying(LinuxException.class, e -> assertThat(e.is(Errno.ELOOP)).isTrue());
  }

  private static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }
}
