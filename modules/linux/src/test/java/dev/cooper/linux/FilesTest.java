package dev.cooper.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes of files, judged by Java's own view of them. */
class FilesTest {
  @TempDir Path temporary;

  private Path file;
  private Path link;

  @BeforeEach
  void setUp() throws IOException {
    Assumptions.assumeTrue(Linux.available(), "SKIPPED: not Linux");
    file = Files.writeString(temporary.resolve("file"), "12345");
    link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("file"));
  }

  private static void needsRoot() {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: not root");
  }

  private static void agrees(Path path) throws IOException {
    Map<String, Object> java = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
    FileStatus status = FileStatus.of(path);
    assertThat(status.mode()).isEqualTo(java.get("mode"));
    assertThat(status.uid()).isEqualTo(java.get("uid"));
    assertThat(status.gid()).isEqualTo(java.get("gid"));
    assertThat(status.size()).isEqualTo(java.get("size"));
    assertThat(status.inode()).isEqualTo(java.get("ino"));
    assertThat(status.links()).isEqualTo(((Number) java.get("nlink")).longValue());
    assertThat(status.modified())
        .isEqualTo(((java.nio.file.attribute.FileTime) java.get("lastModifiedTime")).toInstant());
    assertThat(status.changed())
        .isEqualTo(((java.nio.file.attribute.FileTime) java.get("ctime")).toInstant());
  }

  @Test
  void statusIsWhatJavaSees() throws IOException {
    for (Path path : new Path[] {file, link, temporary, Path.of("/dev/null"), Path.of("/")}) {
      agrees(path);
    }
    FileStatus nothing = FileStatus.of(Path.of("/dev/null"));
    assertThat(nothing.isCharacterDevice()).isTrue();
    assertThat(nothing.deviceMajor()).isEqualTo(1);
    assertThat(nothing.deviceMinor()).isEqualTo(3);
    assertThat(FileStatus.of(link).isLink()).isTrue();
    assertThat(FileStatus.following(link).isRegular()).isTrue();
    assertThat(FileStatus.of(file).device()).isEqualTo(FileStatus.of(temporary).device());
  }

  @Test
  void aFailureSaysWhichCallOnWhatAndWhy() {
    Path absent = temporary.resolve("absent");
    LinuxException failure =
        catchThrowableOfType(LinuxException.class, () -> FileStatus.of(absent));
    assertThat(failure).hasMessage("statx " + absent + ": no such file or directory");
    assertThat(failure.is(Errno.ENOENT)).isTrue();
    assertThat(failure.errnoName()).isEqualTo("ENOENT");
    assertThat(failure.path()).isEqualTo(absent.toString());
  }

  @Test
  void ownersAndTimesOfLinksAreTheirOwn() throws IOException {
    needsRoot();
    Instant then = Instant.ofEpochSecond(1_000_000_000, 123_456_789);
    Ownership.change(link, 12, 34);
    Ownership.setModified(link, then);
    Ownership.setMode(file, 06751);

    assertThat(FileStatus.of(link).uid()).isEqualTo(12);
    assertThat(FileStatus.of(link).gid()).isEqualTo(34);
    assertThat(FileStatus.of(link).modified()).isEqualTo(then);
    assertThat(FileStatus.of(file).uid()).isZero();
    assertThat(FileStatus.of(file).modified()).isAfter(then);
    assertThat(FileStatus.of(file).permissions()).isEqualTo(06751);
    Ownership.setModified(file, Instant.ofEpochSecond(-5));
    assertThat(FileStatus.of(file).modified()).isEqualTo(Instant.ofEpochSecond(-5));
  }

  @Test
  void aModeSetWithoutFollowingLeavesWhatALinkLeadsToAlone() throws IOException {
    Ownership.setMode(file, 0640);
    LinuxException failure =
        catchThrowableOfType(
            LinuxException.class, () -> Ownership.setModeWithoutFollowing(link, 0777));
    assertThat(failure.is(Errno.ELOOP)).isTrue();
    assertThat(FileStatus.of(file).permissions()).isEqualTo(0640);
    Ownership.setModeWithoutFollowing(file, 04755);
    assertThat(FileStatus.of(file).permissions()).isEqualTo(04755);
    Ownership.setModeWithoutFollowing(temporary, 01777);
    assertThat(FileStatus.of(temporary).permissions()).isEqualTo(01777);
  }

  @Test
  void attributesAreSetListedAndRemoved() throws IOException {
    needsRoot();
    byte[] large = new byte[3000];
    large[2999] = 7;
    Xattrs.set(file, "trusted.a", new byte[] {1, 0, 2});
    Xattrs.set(file, "trusted.large", large);
    Xattrs.set(link, "trusted.link", new byte[0]);

    assertThat(Xattrs.list(file)).contains("trusted.a", "trusted.large");
    assertThat(Xattrs.get(file, "trusted.a")).hasValue(new byte[] {1, 0, 2});
    assertThat(Xattrs.get(file, "trusted.large")).hasValue(large);
    assertThat(Xattrs.get(file, "trusted.absent")).isEmpty();
    assertThat(Xattrs.get(link, "trusted.link")).hasValue(new byte[0]);
    assertThat(Xattrs.list(link)).containsExactly("trusted.link");
    Xattrs.remove(file, "trusted.a");
    Xattrs.remove(file, "trusted.a");
    assertThat(Xattrs.get(file, "trusted.a")).isEmpty();
    assertThat(Xattrs.list(Path.of("/proc/version"))).isEmpty();
  }

  @Test
  void devicesAndPipesAreMade() throws IOException {
    needsRoot();
    Path device = temporary.resolve("device");
    try {
      Devices.makeBlockDevice(device, 0640, 300, 70000);
      assertThat(FileStatus.of(device).isBlockDevice()).isTrue();
      assertThat(FileStatus.of(device).deviceMajor()).isEqualTo(300);
      assertThat(FileStatus.of(device).deviceMinor()).isEqualTo(70000);
      Devices.makeFifo(temporary.resolve("fifo"), 0600);
      assertThat(FileStatus.of(temporary.resolve("fifo")).isFifo()).isTrue();
      assertThatThrownBy(() -> Devices.makeFifo(device, 0600)).hasMessageContaining("file exists");
    } finally {
      Files.deleteIfExists(device);
    }
  }

  @Test
  void copiesHoldTheSameBytes() throws IOException {
    byte[] bytes = new byte[3_000_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 >> 3);
    }
    Path source = Files.write(temporary.resolve("source"), bytes);
    Path target = Files.createFile(temporary.resolve("target"));
    CloneFile.copy(source, target);
    assertThat(target).hasBinaryContent(bytes);
    CloneFile.copy(Path.of("/proc/version"), Files.createFile(temporary.resolve("version")));
    assertThat(temporary.resolve("absent")).doesNotExist();
    assertThatThrownBy(() -> CloneFile.copy(source, temporary.resolve("absent")))
        .isInstanceOf(LinuxException.class);
  }

  @Test
  void nothingLeadsOutOfARoot() throws IOException {
    Path root = Files.createDirectory(temporary.resolve("root"));
    Files.createDirectory(root.resolve("etc"));
    Files.writeString(root.resolve("etc/inside"), "inside");
    Files.writeString(temporary.resolve("secret"), "outside");
    Files.createSymbolicLink(root.resolve("up"), Path.of("../../../../../etc/inside"));
    Files.createSymbolicLink(root.resolve("absolute"), temporary.resolve("secret"));
    Files.createSymbolicLink(root.resolve("folder"), Path.of("/etc"));
    Files.createSymbolicLink(root.resolve("circle"), Path.of("circle"));

    assertThat(SafePath.read(root, "up", 100)).asString().isEqualTo("inside");
    assertThat(SafePath.read(root, "/folder/../folder/inside", 3)).asString().isEqualTo("ins");
    assertThat(SafePath.resolve(root, "folder")).isEqualTo(root.toRealPath().resolve("etc"));
    assertThat(SafePath.resolve(root, "../../..")).isEqualTo(root.toRealPath());
    for (String leading : new String[] {"absolute", "../secret", "/../../secret", "nothing"}) {
      assertThat(
              catchThrowableOfType(LinuxException.class, () -> SafePath.read(root, leading, 100))
                  .is(Errno.ENOENT))
          .isTrue();
    }
    assertThat(
            catchThrowableOfType(LinuxException.class, () -> SafePath.read(root, "circle", 1))
                .is(Errno.ELOOP))
        .isTrue();
  }

  @Test
  void namesThatAreNotTextAreTakenByTheirBytes() throws Exception {
    byte[] name = {'n', (byte) 0xff, (byte) 0xc3, '%', 'x'};
    try (FileHandle pipe = FileHandle.open(file, FileHandle.Access.READ);
        Frame frame = Frame.open()) {
      byte[] directory = NativePath.bytes(temporary);
      byte[] path = java.util.Arrays.copyOf(directory, directory.length + 1 + name.length);
      path[directory.length] = '/';
      System.arraycopy(name, 0, path, directory.length + 1, name.length);
      frame.call("test", new Libc.Function("symlink"), frame.string("file"), frame.bytes(path));
      assertThat(pipe.status().size()).isEqualTo(5);
      Path found;
      try (var entries = Files.newDirectoryStream(temporary, p -> p.toString().contains("%x"))) {
        found = entries.iterator().next();
      }
      assertThat(NativePath.bytes(found)).isEqualTo(path);
      assertThat(FileStatus.of(found).isLink()).isTrue();
      Ownership.setModified(found, Instant.EPOCH);
      assertThat(FileStatus.of(found).modified()).isEqualTo(Instant.EPOCH);
      Files.delete(found);
    }
    Path umlaut = Files.writeString(temporary.resolve("ä ü"), "x");
    assertThat(FileStatus.of(umlaut).size()).isEqualTo(1);
    assertThat(NativePath.bytes(umlaut))
        .isEqualTo(umlaut.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void pathsLongerThanAFrameWork() {
    Path deep = temporary;
    for (int i = 0; i < 200; i++) {
      deep = deep.resolve("d".repeat(100));
    }
    Path path = deep;
    assertThat(
            catchThrowableOfType(LinuxException.class, () -> FileStatus.of(path))
                .is(Errno.ENAMETOOLONG))
        .isTrue();
  }
}
