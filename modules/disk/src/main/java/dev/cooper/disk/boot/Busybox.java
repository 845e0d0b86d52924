package dev.cooper.disk.boot;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The static busybox of this computer, which serves where an image has no tools of its own. */
public final class Busybox {
  private static final List<Path> PLACES =
      List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"), Path.of("/bin/busybox.static"));
  private static final int PROGRAM_INTERPRETER = 3;

  private Busybox() {}

  /**
   * Its bytes.
   *
   * @throws CooperException.NotFound when there is none, or only one that needs libraries
   */
  public static byte[] bytes() throws IOException {
    for (Path place : PLACES) {
      if (Files.isReadable(place)) {
        byte[] bytes = Files.readAllBytes(place);
        if (isStatic(bytes)) {
          return bytes;
        }
      }
    }
    throw new CooperException.NotFound(
        "a static busybox is not installed", "apt-get install busybox-static");
  }

  private static boolean isStatic(byte[] bytes) {
    ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 64 || elf.getInt(0) != 0x464c457f) {
      return false;
    }
    long headers = elf.getLong(0x20);
    int size = elf.getShort(0x36);
    int count = elf.getShort(0x38);
    for (int i = 0; i < count; i++) {
      long at = headers + (long) i * size;
      if (at + 4 > bytes.length || elf.getInt((int) at) == PROGRAM_INTERPRETER) {
        return false;
      }
    }
    return true;
  }
}
