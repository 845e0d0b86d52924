package dev.cooper.elf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads ELF files (System V gABI chapters 4 and 5, and the GNU symbol versions of the LSB). */
public final class Elf {
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
