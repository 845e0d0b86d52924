package dev.cooper.store;

import dev.cooper.image.layer.PathBytes;
import dev.cooper.linux.Linux;
import dev.cooper.linux.Mounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mounts that a killed process left behind: they outlive it, and keep its directories busy. */
final class LeftMounts {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;

  private LeftMounts() {}

  /** Detaches everything mounted below a directory, what was mounted last first. */
  static void detachBelow(Path directory) throws IOException {
    if (!Linux.available() || !Files.isReadable(TABLE)) {
      return;
    }
    Path real = directory.toRealPath();
    List<Path> found = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE, StandardCharsets.ISO_8859_1)) {
      String[] fields = line.split(" ");
      if (fields.length > MOUNT_POINT) {
        Path point = pointOf(fields[MOUNT_POINT]);
        if (point.startsWith(real) && !point.equals(real)) {
          found.addFirst(point);
        }
      }
    }
    for (Path point : found) {
      Mounts.detach(point);
    }
  }

  private static Path pointOf(String field) {
    byte[] bytes = unescape(field).getBytes(StandardCharsets.ISO_8859_1);
    return NativeNames.text(PathBytes.decode(bytes));
  }

  /** The table writes blanks and the like as a backslash and three octal digits (proc(5)). */
  static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 3 < text.length()) {
        plain.append((char) Integer.parseInt(text, i + 1, i + 4, 8));
        i += 3;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
