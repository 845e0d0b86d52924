package dev.cooper.disk;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The first page of a swap partition, all of which is free (mkswap's version 1). */
final class Swap {
  private static final int PAGE = 4096;
  private static final int SMALLEST = 10 * PAGE;

  private Swap() {}

  static void write(BlockOutput output, long size, UUID id) throws IOException {
    if (size < SMALLEST) {
      throw new CooperException.InvalidInput(size + " bytes of swap are too few: at least 40 KiB");
    }
    ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    page.putInt(1024, 1).putInt(1028, (int) (size / PAGE - 1));
    page.slice(1036, 16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    page.put(PAGE - 10, "SWAPSPACE2".getBytes(StandardCharsets.US_ASCII));
    output.write(0, page);
  }
}
