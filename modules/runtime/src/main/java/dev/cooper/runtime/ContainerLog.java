package dev.cooper.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log that conmon writes (the Kubernetes container log format): {@code TIME stdout F
 * text}, where {@code P} marks a piece of a line that goes on in the next. Reading past the end
 * finds nothing yet, and later what was written meanwhile.
 */
public final class ContainerLog implements Closeable {
  private final InputStream input;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private ContainerLog(InputStream input) {
    this.input = input;
  }

  /** Opens {@code log} at its beginning; one that does not exist is as good as empty. */
  public static ContainerLog open(Path log) throws IOException {
    try {
      return new ContainerLog(new BufferedInputStream(Files.newInputStream(log), 1 << 16));
    } catch (NoSuchFileException e) {
      return new ContainerLog(InputStream.nullInputStream());
    }
  }

  /**
   * Something written.
   *
   * @param time when
   * @param kind to which output
   * @param text with its newline, if it ends in one
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Entry(Instant time, OutputKind kind, byte[] text) {}

  /** The next complete entry; null if there is none (yet). Lines it cannot read are skipped. */
  public @Nullable Entry next() throws IOException {
    while (true) {
      int b = input.read();
      if (b < 0) {
        return null;
      }
      if (b != '\n') {
        line.write(b);
        continue;
      }
      byte[] bytes = line.toByteArray();
      line.reset();
      Entry entry = parse(bytes);
      if (entry != null) {
        return entry;
      }
    }
  }

  private static @Nullable Entry parse(byte[] line) {
    int time = indexOf(line, ' ', 0);
    int kind = time < 0 ? -1 : indexOf(line, ' ', time + 1);
    int tag = kind < 0 ? -1 : indexOf(line, ' ', kind + 1);
    if (tag < 0) {
      return null;
    }
    boolean full = line[kind + 1] == 'F';
    byte[] text = new byte[line.length - tag - 1 + (full ? 1 : 0)];
    System.arraycopy(line, tag + 1, text, 0, line.length - tag - 1);
    if (full) {
      text[text.length - 1] = '\n';
    }
    String stream = new String(line, time + 1, kind - time - 1, StandardCharsets.US_ASCII);
    try {
      return new Entry(
          OffsetDateTime.parse(new String(line, 0, time, StandardCharsets.US_ASCII)).toInstant(),
          stream.equals("stderr") ? OutputKind.STANDARD_ERROR : OutputKind.STANDARD_OUTPUT,
          text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
