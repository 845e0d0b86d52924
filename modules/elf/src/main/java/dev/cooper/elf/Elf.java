package dev.cooper.elf;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads ELF files (System V gABI chapters 4 and 5, and the GNU symbol versions of the LSB). */
public final class Elf {
  /** So many bytes of a file tell its processor. */
  public static final int MACHINE_LENGTH = 20;

  private Elf() {}

  /**
   * Whether a file that starts with these bytes says that it is an ELF file. Four bytes suffice;
   * fewer are never one.
   */
  public static boolean isElf(byte[] head) {
    return head.length >= 4
        && head[0] == 0x7f
        && head[1] == 'E'
        && head[2] == 'L'
        && head[3] == 'F';
  }

  /**
   * The processor that a file is for which starts with these bytes, by its ELF header alone; {@link
   * #MACHINE_LENGTH} bytes suffice. Empty when it is no ELF file.
   */
  public static Optional<Machine> machine(byte[] head) {
    if (head.length < MACHINE_LENGTH || !isElf(head)) {
      return Optional.empty();
    }
    boolean little = head[5] == 1;
    int low = Byte.toUnsignedInt(head[little ? 18 : 19]);
    int high = Byte.toUnsignedInt(head[little ? 19 : 18]);
    return Optional.of(
        new Machine(
            high << 8 | low,
            head[4] == 2 ? 64 : 32,
            little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
  }

  /**
   * Reads a file's headers. Reads a few kilobytes, wherever in the file they are; the channel is
   * left open and at any position.
   *
   * @throws ElfFormatException when the file is not ELF, is truncated, or contradicts itself
   */
  public static ElfFile read(SeekableByteChannel channel) throws IOException {
    return new ElfReader(new PagedBytes(channel)).read();
  }

  /**
   * Reads a file's headers out of its bytes.
   *
   * @throws ElfFormatException as {@link #read(SeekableByteChannel)}
   */
  public static ElfFile read(byte[] file) throws ElfFormatException {
    try {
      return read(new ByteArrayChannel(file));
    } catch (ElfFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("an array cannot fail to be read", e);
    }
  }

  /**
   * Reads the headers of a file of this machine.
   *
   * @throws ElfFormatException as {@link #read(SeekableByteChannel)}
   */
  public static ElfFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel);
    }
  }
}
