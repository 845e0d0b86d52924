package dev.cooper.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that the kernel can fill, to be used again and again. It belongs to one thread at a time.
 *
 * @param bytes a direct buffer in the machine's byte order; its position and limit mean nothing
 * @param address where it begins
 */
public record NativeBuffer(ByteBuffer bytes, long address) {

  /** A new buffer of so many bytes. */
  public static NativeBuffer ofSize(int size) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    return new NativeBuffer(bytes, MemorySegment.ofBuffer(bytes).address());
  }
}
