package dev.cooper.builder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The end of what a command wrote: a few lines, however much it was. */
final class LastOutput {
  private static final int BYTES = 16 << 10;
  private static final int LINES = 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Called by two threads. */
  synchronized void add(byte[] written) {
    bytes.writeBytes(written);
    if (bytes.size() > 2 * BYTES) {
      byte[] all = bytes.toByteArray();
      bytes.reset();
      bytes.write(all, all.length - BYTES, BYTES);
    }
  }

  /** The last lines, each ended. */
  synchronized String text() {
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    StringBuilder text = new StringBuilder();
    for (String line : lines.subList(Math.max(0, lines.size() - LINES), lines.size())) {
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
