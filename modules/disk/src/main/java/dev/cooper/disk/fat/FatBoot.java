package dev.cooper.disk.fat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The first sector of a FAT file system, and FAT32's sector of hints. */
record FatBoot(FatGeometry geometry, String label, int serial) {
  private static final byte FIXED_DISK = (byte) 0xf8;
  private static final int SIGNATURE = 0xaa55;

  ByteBuffer sector() {
    ByteBuffer out = ByteBuffer.allocate(FatGeometry.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    boolean wide = geometry.bits() == 32;
    // A jump over the fields, to an instruction that asks the firmware for the next boot device.
    int code = wide ? 0x5a : 0x3e;
    out.put(0, (byte) 0xeb).put(1, (byte) (code - 2)).put(2, (byte) 0x90);
    out.putShort(code, (short) 0x18cd);
    out.put(3, "COOPER  ".getBytes(StandardCharsets.US_ASCII));
    out.putShort(11, (short) FatGeometry.SECTOR).put(13, (byte) geometry.clusterSectors());
    out.putShort(14, (short) geometry.reserved()).put(16, (byte) FatGeometry.TABLES);
    out.putShort(17, (short) geometry.rootEntries());
    boolean small = geometry.sectors() < 65_536 && !wide;
    out.putShort(19, (short) (small ? geometry.sectors() : 0)).put(21, FIXED_DISK);
    out.putShort(22, (short) (wide ? 0 : geometry.tableSectors()));
    out.putShort(24, (short) 63).putShort(26, (short) 255);
    out.putInt(32, (int) (small ? 0 : geometry.sectors()));
    if (wide) {
      out.putInt(36, geometry.tableSectors()).putInt(44, 2).putShort(48, (short) 1);
      out.putShort(50, (short) 6);
    }
    int end = wide ? 64 : 36;
    out.put(end, (byte) 0x80).put(end + 2, (byte) 0x29).putInt(end + 3, serial);
    out.put(end + 7, padded(label, 11)).put(end + 18, padded("FAT" + geometry.bits(), 8));
    out.putShort(510, (short) SIGNATURE);
    return out;
  }

  /** How many clusters are free, and where to look for one. */
  static ByteBuffer information(long free, long next) {
    ByteBuffer out = ByteBuffer.allocate(FatGeometry.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0, 0x41615252).putInt(484, 0x61417272);
    out.putInt(488, (int) free).putInt(492, (int) next);
    return out.putInt(508, SIGNATURE << 16);
  }

  private static byte[] padded(String text, int length) {
    return (text + " ".repeat(length - text.length())).getBytes(StandardCharsets.US_ASCII);
  }
}
