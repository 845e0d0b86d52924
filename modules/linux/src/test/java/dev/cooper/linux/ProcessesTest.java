package dev.cooper.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  private static final Path SHELL = Path.of("/bin/sh");

  @TempDir Path temporary;

  @BeforeEach
  void setUp() {
    Assumptions.assumeTrue(Linux.available(), "SKIPPED: not Linux");
  }

  private Child shell(String script, Map<Integer, Integer> descriptors) throws LinuxException {
    return Child.start(
        new Child.Command(
            SHELL,
            List.of("sh", "-c", script),
            Map.of("PATH", "/usr/bin:/bin", "GIVEN", "a b"),
            descriptors,
            temporary,
            true));
  }

  private static String all(FileHandle from) throws IOException {
    return new String(from.input().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aChildHasExactlyWhatItIsGiven() throws IOException {
    try (FileHandle.Pipe out = FileHandle.Pipe.create();
        FileHandle.Pipe third = FileHandle.Pipe.create();
        FileHandle nothing = FileHandle.open(Path.of("/dev/null"), FileHandle.Access.READ)) {
      Child child =
          shell(
              "pwd; echo $GIVEN; ls /proc/self/fd | tr '\\n' ' '; echo third >&7; exit 42",
              Map.of(0, nothing.number(), 1, out.writer().number(), 7, third.writer().number()));
      out.writer().close();
      third.writer().close();
      // ls itself opens 2, which is free.
      assertThat(all(out.reader())).isEqualTo(temporary.toRealPath() + "\na b\n0 1 2 7 ");
      assertThat(all(third.reader())).isEqualTo("third\n");
      assertThat(child.waitFor()).isEqualTo(42);
      assertThat(child.waitFor()).isEqualTo(42);
    }
  }

  @Test
  void crossedDescriptorsArriveWhereTheyShould() throws IOException {
    try (FileHandle.Pipe a = FileHandle.Pipe.create();
        FileHandle.Pipe b = FileHandle.Pipe.create()) {
      int first = a.writer().number();
      int second = b.writer().number();
      Child child =
          shell(
              "echo one > /proc/self/fd/" + first + "; echo two > /proc/self/fd/" + second,
              Map.of(first, second, second, first));
      a.writer().close();
      b.writer().close();
      assertThat(all(a.reader())).isEqualTo("two\n");
      assertThat(all(b.reader())).isEqualTo("one\n");
      assertThat(child.waitFor()).isZero();
    }
  }

  @Test
  void aProgramThatCannotRunIsNamed() {
    Path absent = temporary.resolve("absent");
    LinuxException failure =
        catchThrowableOfType(
            LinuxException.class,
            () ->
                Child.start(
                    new Child.Command(absent, List.of("x"), Map.of(), Map.of(), null, false)));
    assertThat(failure.is(Errno.ENOENT)).isTrue();
    assertThat(failure).hasMessageContaining(absent.toString());
  }

  @Test
  void signalsEndAProcessAndAreReported() throws IOException {
    Child child = shell("sleep 600", Map.of());
    assertThat(Processes.isAlive(child.pid())).isTrue();
    long start = Processes.startTime(child.pid()).orElseThrow();
    assertThat(Processes.startTime(child.pid())).hasValue(start);
    assertThat(Processes.awaitExit(child.pid(), Duration.ofMillis(20))).isFalse();
    Processes.kill(child.pid(), Signals.number("SIGKILL"));
    assertThat(Processes.awaitExit(child.pid(), Duration.ofSeconds(60))).isTrue();
    assertThat(Processes.isAlive(child.pid())).isFalse();
    assertThat(child.waitFor()).isEqualTo(137);
    assertThat(Processes.startTime(child.pid())).isEmpty();
    assertThat(Processes.awaitExit(child.pid(), Duration.ZERO)).isTrue();
    assertThatThrownBy(() -> Processes.kill(child.pid(), 9))
        .hasMessageContaining("no such process");
  }

  @Test
  void signalsHaveManyNames() {
    assertThat(Signals.number("term")).isEqualTo(15);
    assertThat(Signals.number("SIGTERM")).isEqualTo(15);
    assertThat(Signals.number("15")).isEqualTo(15);
    assertThat(Signals.number("RTMIN+3")).isEqualTo(37);
    assertThat(Signals.number("SIGRTMAX-1")).isEqualTo(63);
    for (String wrong : List.of("", "SIGFOO", "0", "65", "-1", "RTMIN+40", "RTMIN+x")) {
      assertThatThrownBy(() -> Signals.number(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid signal: " + wrong);
    }
  }

  @Test
  void aSignalToThisProcessReachesItsHandler() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    try (Signals.Handling handling = Signals.handle("WINCH", name -> received.countDown())) {
      Processes.kill((int) ProcessHandle.current().pid(), Signals.number("WINCH"));
      received.await();
      assertThat(handling).isNotNull();
    }
  }

  @Test
  void anEndedReaderDoesNotEndThisProcess() throws IOException {
    FileHandle.Pipe pipe = FileHandle.Pipe.create();
    pipe.reader().close();
    LinuxException failure =
        catchThrowableOfType(LinuxException.class, () -> pipe.writer().write(new byte[10], 0, 10));
    assertThat(failure.is(Errno.EPIPE)).isTrue();
    pipe.close();
    pipe.close();
  }

  @Test
  void networkNamespacesStayWhereTheyAreMounted() throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: not root");
    Path path = temporary.resolve("net");
    NetworkNamespace.create(path);
    try {
      FileStatus own = FileStatus.following(Path.of("/proc/self/ns/net"));
      FileStatus made = FileStatus.of(path);
      assertThat(made.inode()).isNotEqualTo(own.inode());
      assertThat(made.device()).isEqualTo(own.device());
      // The kernel makes such an inode when it is asked for: its times differ from look to look.
      assertThat(FileStatus.following(Path.of("/proc/thread-self/ns/net")).inode())
          .isEqualTo(own.inode());
    } finally {
      NetworkNamespace.delete(path);
    }
    assertThat(path).doesNotExist();
    NetworkNamespace.delete(path);
    Files.createFile(path);
    NetworkNamespace.delete(path);
    assertThat(path).doesNotExist();
  }
}
