package dev.cooper.disk.ext4;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The hash by which an indexed directory sorts its names: half MD4 over unsigned characters.
 *
 * <p>It is MD4's compression (RFC 1320) with 8 instead of 16 words of input, and the same for each
 * 32 bytes of the name; the file system's own seed takes the place of MD4's initial values.
 *
 * @param major the directory is sorted by it, as an unsigned number; its lowest bit is always clear
 * @param minor breaks ties
 */
record NameHash(int major, int minor) implements Comparable<NameHash> {
  /** What the superblock and each directory's root call this hash. */
  static final byte VERSION = 1;

  private static final int CHUNK = 32;
  private static final int END_OF_DIRECTORY = 0x7fffffff << 1;
  private static final int ROUND_2 = 0x5a827999;
  private static final int ROUND_3 = 0x6ed9eba1;
  private static final int[] ORDER_1 = {0, 1, 2, 3, 4, 5, 6, 7};
  private static final int[] ORDER_2 = {1, 3, 5, 7, 0, 2, 4, 6};
  private static final int[] ORDER_3 = {3, 7, 2, 6, 1, 5, 0, 4};
  private static final int[] SHIFT_1 = {3, 7, 11, 19};
  private static final int[] SHIFT_2 = {3, 5, 9, 13};
  private static final int[] SHIFT_3 = {3, 9, 11, 15};

  /** The hash of a name in a file system that was given this seed. */
  static NameHash of(byte[] name, UUID seed) {
    int[] state = new int[4];
    ByteBuffer words =
        ByteBuffer.wrap(Checksums.bytes(seed)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 4; i++) {
      state[i] = words.getInt();
    }
    int[] input = new int[8];
    for (int start = 0; start < name.length; start += CHUNK) {
      load(name, start, input);
      mix(state, input);
    }
    int major = state[1] & ~1;
    if (major == END_OF_DIRECTORY) {
      major -= 2;
    }
    return new NameHash(major, state[2]);
  }

  /** Eight words, the characters big-endian in them; what is missing is filled with the length. */
  private static void load(byte[] name, int start, int[] input) {
    int length = name.length - start;
    int padding = (length & 0xff) * 0x01010101;
    int used = Math.min(length, CHUNK);
    for (int word = 0; word < 8; word++) {
      int value = padding;
      for (int i = word * 4; i < Math.min(word * 4 + 4, used); i++) {
        value = (value << 8) + (name[start + i] & 0xff);
      }
      input[word] = value;
    }
  }

  private static void mix(int[] state, int[] input) {
    int[] s = state.clone();
    for (int i = 0; i < 8; i++) {
      int x = s[1];
      step(s, (s[3] ^ (x & (s[2] ^ s[3]))) + input[ORDER_1[i]], SHIFT_1[i % 4]);
    }
    for (int i = 0; i < 8; i++) {
      int x = s[1];
      int chosen = (x & s[2]) + ((x ^ s[2]) & s[3]);
      step(s, chosen + input[ORDER_2[i]] + ROUND_2, SHIFT_2[i % 4]);
    }
    for (int i = 0; i < 8; i++) {
      step(s, (s[1] ^ s[2] ^ s[3]) + input[ORDER_3[i]] + ROUND_3, SHIFT_3[i % 4]);
    }
    for (int i = 0; i < 4; i++) {
      state[i] += s[i];
    }
  }

  /** Adds to the first word, turns it, and lets the next step take the last word as its first. */
  private static void step(int[] s, int add, int shift) {
    int turned = Integer.rotateLeft(s[0] + add, shift);
    s[0] = s[3];
    s[3] = s[2];
    s[2] = s[1];
    s[1] = turned;
  }

  @Override
  public int compareTo(NameHash other) {
    int byMajor = Integer.compareUnsigned(major, other.major);
    return byMajor != 0 ? byMajor : Integer.compareUnsigned(minor, other.minor);
  }
}
