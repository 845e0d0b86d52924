package dev.cooper.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cooper.image.CooperException;
import dev.cooper.linux.Signals;
import dev.cooper.linux.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConmonTest {
  private static final InputStream NO_INPUT = InputStream.nullInputStream();

  @TempDir Path temporary;

  private OciRuntime runtime;
  private Conmon conmon;
  private Path root;
  private Path log;
  private final List<String> ids = new ArrayList<>();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @BeforeEach
  void setUp() throws Exception {
    Host.needs("runc", "conmon");
    runtime = OciRuntime.find(temporary.resolve("state"));
    conmon = Conmon.find(runtime);
    root = Host.root(temporary.resolve("root"));
    log = Files.createDirectory(temporary.resolve("a:b")).resolve("log");
  }

  @AfterEach
  void tearDown() throws Exception {
    for (String id : ids) {
      runtime.delete(id, true);
      assertThat(Host.cgroups(id)).isEmpty();
    }
  }

  private Bundle bundle(ContainerProcess process) throws IOException {
    String id = Host.id("watched");
    ids.add(id);
    return Bundle.write(temporary.resolve(id), ContainerSpec.of(id, root, process));
  }

  private Conmon.Keeping keeping(StandardInput input) {
    return new Conmon.Keeping(Optional.of(log), input, List.of());
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private String logged(OutputKind kind) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (ContainerLog reader = ContainerLog.open(log)) {
      for (ContainerLog.Entry entry; (entry = reader.next()) != null; ) {
        if (entry.kind() == kind) {
          text.write(entry.text());
        }
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Test
  void keepsOutputLogAndExitCode() throws Exception {
    Bundle bundle = bundle(Host.process("sh", "-c", "echo out; echo err >&2; printf rest; exit 3"));
    Monitor monitor = conmon.create(bundle, keeping(StandardInput.EMPTY));
    assertThat(monitor.isRunning()).isTrue();
    assertThat(monitor.exitCode()).isEmpty();
    assertThat(runtime.state(bundle.id()).orElseThrow().status()).isEqualTo("created");

    Attachment attachment = monitor.attach();
    runtime.start(bundle.id());
    AttachedSession.End end =
        AttachedSession.run(attachment, null, output, error, DetachKeys.standard());

    assertThat(end).isEqualTo(AttachedSession.End.PROCESS_ENDED);
    assertThat(monitor.await()).isEqualTo(3);
    assertThat(output()).isEqualTo("out\nrest");
    assertThat(error.toString(StandardCharsets.UTF_8)).isEqualTo("err\n");
    assertThat(logged(OutputKind.STANDARD_OUTPUT)).isEqualTo("out\nrest");
    assertThat(logged(OutputKind.STANDARD_ERROR)).isEqualTo("err\n");
    assertThat(monitor.isRunning()).isFalse();
    assertThat(monitor.finished()).isPresent();
    assertThat(Monitor.at(bundle.directory()).await()).isEqualTo(3);
    assertThatThrownBy(monitor::attach)
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessage("You cannot attach to a stopped container, start it first");
    runtime.delete(bundle.id(), false);
    assertThat(runtime.state(bundle.id())).isEmpty();
  }

  @Test
  void passesInputOnToItsEnd() throws Exception {
    byte[] sent = "0123456789abcdef".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    Bundle bundle = bundle(Host.process("cat"));
    Monitor monitor = conmon.create(bundle, keeping(StandardInput.ONCE));
    Attachment attachment = monitor.attach();
    runtime.start(bundle.id());

    AttachedSession.run(
        attachment, new ByteArrayInputStream(sent), output, error, DetachKeys.none());

    assertThat(monitor.await()).isZero();
    assertThat(output.toByteArray()).isEqualTo(sent);
  }

  @Test
  void givesATerminalOfTheSizeAskedFor() throws Exception {
    Bundle bundle =
        bundle(
            Host.process("sh", "-c", "stty size; read x; stty size; echo got $x >&2")
                .withTerminal(Optional.of(new TerminalSize(33, 99))));
    Monitor monitor = conmon.create(bundle, keeping(StandardInput.OPEN));
    Attachment attachment = monitor.attach();
    PipedOutputStream keyboard = new PipedOutputStream();
    PipedInputStream typed = new PipedInputStream(keyboard);
    runtime.start(bundle.id());
    Thread typist =
        new Thread(
            () -> {
              try {
                while (!output().contains("33 99")) {
                  Thread.sleep(5);
                }
                monitor.resize(new TerminalSize(10, 20));
                Thread.sleep(100);
                keyboard.write("hello\n".getBytes(StandardCharsets.UTF_8));
                keyboard.flush();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    typist.start();
    AttachedSession.run(attachment, typed, output, error, DetachKeys.standard());
    typist.join();

    assertThat(monitor.await()).isZero();
    assertThat(output()).isEqualTo("33 99\r\nhello\r\n10 20\r\ngot hello\r\n");
    assertThat(error.size()).isZero();
  }

  @Test
  void letsGoOnTheDetachKeysAndTakesBack() throws Exception {
    Bundle bundle =
        bundle(
            Host.process("sh", "-c", "read a; echo $a; read b; echo $b")
                .withTerminal(Optional.empty()));
    Monitor monitor = conmon.create(bundle, keeping(StandardInput.OPEN));
    Attachment first = monitor.attach();
    runtime.start(bundle.id());
    InputStream keys = new ByteArrayInputStream(new byte[] {'o', 'n', 'e', '\n', 16, 17, 'x'});
    assertThat(AttachedSession.run(first, keys, output, error, DetachKeys.standard()))
        .isEqualTo(AttachedSession.End.DETACHED);
    assertThat(monitor.isRunning()).isTrue();
    while (!logged(OutputKind.STANDARD_OUTPUT).equals("one\r\none\r\n")) {
      Thread.sleep(5);
    }

    Attachment second = monitor.attach();
    second.write("two\n".getBytes(StandardCharsets.UTF_8), 0, 4);
    AttachedSession.run(second, NO_INPUT, output, error, DetachKeys.standard());
    assertThat(monitor.await()).isZero();
    assertThat(logged(OutputKind.STANDARD_OUTPUT)).isEqualTo("one\r\none\r\ntwo\r\ntwo\r\n");
  }

  @Test
  void leavesNothingOfAContainerThatCannotStart() throws Exception {
    Bundle bundle = bundle(Host.process("/noexec.sh"));
    RuntimeFailure failure =
        catchThrowableOfType(
            RuntimeFailure.class, () -> conmon.create(bundle, keeping(StandardInput.EMPTY)));

    assertThat(failure)
        .hasMessage(
            "OCI runtime create failed: runc create failed: unable to start container process:"
                + " exec: \"/noexec.sh\": permission denied: unknown.");
    assertThat(failure.exitCode()).isEqualTo(126);
    assertThat(runtime.state(bundle.id())).isEmpty();
    assertThat(Monitor.at(bundle.directory()).isRunning()).isFalse();
  }

  @Test
  void tellsOfAProgramWhoseInterpreterIsMissing() throws Exception {
    Bundle bundle = bundle(Host.process("/orphan.sh"));
    Monitor monitor = conmon.create(bundle, keeping(StandardInput.EMPTY));
    Attachment attachment = monitor.attach();
    runtime.start(bundle.id());
    AttachedSession.run(attachment, null, output, error, DetachKeys.none());

    assertThat(monitor.await()).isNotZero();
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("no such file or directory");
  }

  @Test
  void diesBySignalsAndPausesAndGoesOn() throws Exception {
    Bundle bundle = bundle(Host.process("sleep", "600"));
    Monitor monitor = conmon.create(bundle, keeping(StandardInput.EMPTY));
    runtime.start(bundle.id());
    runtime.pause(bundle.id());
    assertThat(runtime.state(bundle.id()).orElseThrow().status()).isEqualTo("paused");
    runtime.resume(bundle.id());
    assertThat(monitor.await(Duration.ofMillis(50))).isEmpty();
    runtime.update(bundle.id(), Resources.UNLIMITED.withProcesses(50));

    runtime.kill(bundle.id(), Signals.number("KILL"));
    assertThat(monitor.await()).isEqualTo(137);
  }

  @Test
  void runsItsExitCommandLast() throws Exception {
    Path mark = temporary.resolve("mark");
    Bundle bundle = bundle(Host.process("true"));
    Monitor monitor =
        conmon.create(
            bundle,
            new Conmon.Keeping(
                Optional.empty(),
                StandardInput.EMPTY,
                List.of("/bin/sh", "-c", "echo $0 > " + mark, "x y")));
    runtime.start(bundle.id());
    monitor.await();
    while (!Files.exists(mark) || Files.size(mark) == 0) {
      Thread.sleep(5);
    }
    assertThat(mark).content().isEqualTo("x y\n");
  }

  @Test
  void startsAgainInTheSamePlace() throws Exception {
    Bundle bundle = bundle(Host.process("sh", "-c", "echo hi"));
    for (int i = 1; i <= 2; i++) {
      Monitor monitor = conmon.create(bundle, keeping(StandardInput.EMPTY));
      assertThat(monitor.exitCode()).isEmpty();
      runtime.start(bundle.id());
      assertThat(monitor.await()).isZero();
      assertThat(logged(OutputKind.STANDARD_OUTPUT)).isEqualTo("hi\n".repeat(i));
      runtime.delete(bundle.id(), false);
    }
  }

  @Test
  void executesFurtherProcesses() throws Exception {
    Bundle bundle = bundle(Host.process("sleep", "600"));
    conmon.create(bundle, keeping(StandardInput.EMPTY));
    runtime.start(bundle.id());

    try (PendingExec exec =
        conmon.execAttached(
            bundle.id(),
            Host.process("sh", "-c", "echo quick; echo bad >&2; cat; exit 4"),
            temporary.resolve("exec1"),
            new Conmon.Keeping(Optional.empty(), StandardInput.ONCE, List.of()))) {
      exec.start();
      AttachedSession.run(
          exec.attachment(),
          new ByteArrayInputStream("in".getBytes(StandardCharsets.UTF_8)),
          output,
          error,
          DetachKeys.none());
      assertThat(exec.monitor().await()).isEqualTo(4);
      assertThat(output()).isEqualTo("quick\nin");
      assertThat(error.toString(StandardCharsets.UTF_8)).isEqualTo("bad\n");
    }

    output.reset();
    try (PendingExec exec =
        conmon.execAttached(
            bundle.id(),
            Host.process("stty", "size").withTerminal(Optional.of(new TerminalSize(12, 34))),
            temporary.resolve("exec2"),
            Conmon.Keeping.plain())) {
      exec.start();
      AttachedSession.run(exec.attachment(), null, output, error, DetachKeys.none());
      assertThat(exec.monitor().await()).isZero();
      assertThat(output()).isEqualTo("12 34\r\n");
    }

    Monitor unattended =
        conmon.exec(
            bundle.id(),
            Host.process("sh", "-c", "exit 9"),
            temporary.resolve("exec3"),
            Conmon.Keeping.plain());
    assertThat(unattended.await()).isEqualTo(9);

    try (PendingExec exec =
        conmon.execAttached(
            bundle.id(),
            Host.process("nosuch"),
            temporary.resolve("exec4"),
            Conmon.Keeping.plain())) {
      RuntimeFailure failure = catchThrowableOfType(RuntimeFailure.class, exec::start);
      assertThat(failure)
          .hasMessage(
              "OCI runtime exec failed: exec failed: unable to start container process: exec:"
                  + " \"nosuch\": executable file not found in $PATH: unknown");
      assertThat(failure.exitCode()).isEqualTo(127);
    }
  }

  @Test
  void aPendingExecThatIsGivenUpNeverRuns() throws Exception {
    Bundle bundle = bundle(Host.process("sleep", "600"));
    conmon.create(bundle, keeping(StandardInput.EMPTY));
    runtime.start(bundle.id());
    conmon
        .execAttached(
            bundle.id(),
            Host.process("touch", "/ran"),
            temporary.resolve("e"),
            Conmon.Keeping.plain())
        .close();
    Thread.sleep(300);
    assertThat(root.resolve("ran")).doesNotExist();
  }

  @Test
  void doesNotWaitForAMonitorThatIsGone() throws Exception {
    Bundle bundle = bundle(Host.process("sleep", "600"));
    Monitor monitor = conmon.create(bundle, keeping(StandardInput.EMPTY));
    runtime.start(bundle.id());
    monitor.killWatcher();
    runtime.kill(bundle.id(), Signals.number("KILL"));

    assertThatThrownBy(monitor::await).isInstanceOf(CooperException.Failed.class);
  }
}
