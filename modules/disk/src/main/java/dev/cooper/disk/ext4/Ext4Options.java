package dev.cooper.disk.ext4;

import dev.cooper.image.CooperException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * How a file system is made.
 *
 * @param uuid the file system's own; it also starts every checksum
 * @param hashSeed starts the hash of every name in a large directory
 * @param label up to 16 bytes of UTF-8; empty for none
 * @param created in seconds since 1970: when the file system says that it was made
 * @param size in bytes; 0 for as small as the files allow, and room
 * @param room bytes to leave free beyond the files when no size is given
 * @param roomPercent what to leave free beside that, in hundredths of what the files take
 */
public record Ext4Options(
    Generation generation,
    UUID uuid,
    UUID hashSeed,
    String label,
    long created,
    long size,
    long room,
    int roomPercent) {
  public Ext4Options {
    if (label.getBytes(StandardCharsets.UTF_8).length > 16) {
      throw new CooperException.InvalidInput(
          "the file system's label \"" + label + "\" is longer than 16 bytes");
    }
    if (size < 0 || room < 0 || roomPercent < 0) {
      throw new IllegalArgumentException("size " + size + ", room " + room);
    }
  }
}
