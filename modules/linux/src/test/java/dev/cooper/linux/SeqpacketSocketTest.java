package dev.cooper.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeqpacketSocketTest {
  private static final int SEQPACKET = 5;

  @TempDir Path temporary;

  private Path path;
  private FileHandle listener;

  @BeforeEach
  void setUp() throws Exception {
    Assumptions.assumeTrue(Linux.available(), "SKIPPED: not Linux");
    // Longer than an address may be.
    path = Files.createDirectories(temporary.resolve("d".repeat(120))).resolve("socket");
    try (Frame frame = Frame.open();
        FileHandle parent = FileHandle.open(path.getParent(), FileHandle.Access.NAME_ONLY)) {
      int number = frame.call("test", new Libc.Function("socket"), 1, SEQPACKET, 0);
      listener = new FileHandle(number, "listener");
      Frame.Block address = frame.block(110);
      address.buffer().putShort(0, (short) 1);
      address.buffer().put(2, NativePath.bytes(parent.path().resolve("socket")));
      frame.call("test", new Libc.Function("bind"), number, address.address(), 110);
      frame.call("test", new Libc.Function("listen"), number, 5);
    }
  }

  @AfterEach
  void tearDown() {
    if (listener != null) {
      listener.close();
    }
  }

  private FileHandle accept() throws LinuxException {
    try (Frame frame = Frame.open()) {
      return new FileHandle(
          frame.call("test", new Libc.Function("accept"), listener.number(), 0, 0), "accepted");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void packetsKeepTheirBorders() throws Exception {
    try (SeqpacketSocket socket = SeqpacketSocket.connect(path);
        FileHandle other = accept()) {
      other.write(bytes("one"), 0, 3);
      other.write(bytes("twotwo"), 0, 6);
      byte[] packet = new byte[4];
      assertThat(socket.read(packet)).isEqualTo(3);
      assertThat(packet).startsWith(bytes("one"));
      assertThat(socket.read(packet)).isEqualTo(4);
      socket.write(bytes("abc"), 1, 2);
      byte[] received = new byte[10];
      assertThat(other.read(received, 0, 10)).isEqualTo(2);
      assertThat(received).startsWith(bytes("bc"));

      socket.shutdownWrite();
      assertThat(other.read(received, 0, 10)).isEqualTo(-1);
      other.write(bytes("x"), 0, 1);
      assertThat(socket.read(packet)).isEqualTo(1);
      other.close();
      assertThat(socket.read(packet)).isEqualTo(-1);
    }
  }

  @Test
  void closingWakesAReader() throws Exception {
    SeqpacketSocket socket = SeqpacketSocket.connect(path);
    try (FileHandle other = accept()) {
      FutureTask<Integer> reading = new FutureTask<>(() -> socket.read(new byte[10]));
      Thread reader = Thread.ofPlatform().start(reading);
      Thread.sleep(50);
      socket.close();
      socket.close();
      assertThat(reading.get()).isEqualTo(-1);
      reader.join();
      assertThat(socket.read(new byte[1])).isEqualTo(-1);
      assertThat(
              catchThrowableOfType(LinuxException.class, () -> socket.write(new byte[1], 0, 1))
                  .is(Errno.EPIPE))
          .isTrue();
      assertThat(other.read(new byte[1], 0, 1)).isEqualTo(-1);
    }
  }

  @Test
  void nobodyListeningIsToldApartFromNothingThere() {
    listener.close();
    assertThat(
            catchThrowableOfType(LinuxException.class, () -> SeqpacketSocket.connect(path))
                .is(Errno.ECONNREFUSED))
        .isTrue();
    assertThat(
            catchThrowableOfType(
                    LinuxException.class, () -> SeqpacketSocket.connect(temporary.resolve("no")))
                .is(Errno.ENOENT))
        .isTrue();
  }
}
