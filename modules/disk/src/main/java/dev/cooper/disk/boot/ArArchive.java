package dev.cooper.disk.boot;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the outer form of a Debian package: "ar", a magic and members with 60 bytes of header. */
final class ArArchive {
  private static final String MAGIC = "!<arch>\n";
  private static final int HEADER = 60;

  private ArArchive() {}

  /**
   * Moves a stream to the first byte of a member.
   *
   * @param prefix how the member's name begins
   * @return the member's size in bytes
   * @throws CooperException.Corrupt when it is not an archive, or has no such member
   */
  static long seek(InputStream in, String prefix) throws IOException {
    if (!text(in.readNBytes(MAGIC.length())).equals(MAGIC)) {
      throw new CooperException.Corrupt("not a Debian package");
    }
    while (true) {
      byte[] header = in.readNBytes(HEADER);
      if (header.length < HEADER) {
        throw new CooperException.Corrupt("a Debian package without " + prefix);
      }
      String name = text(header).substring(0, 16).strip();
      long size;
      try {
        size = Long.parseLong(text(header).substring(48, 58).strip());
      } catch (NumberFormatException e) {
        throw new CooperException.Corrupt("a damaged Debian package", null, e);
      }
      if (name.startsWith(prefix)) {
        return size;
      }
      in.skipNBytes(size + size % 2);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
