package dev.cooper.disk.format;

import dev.cooper.disk.BlockInput;
import dev.cooper.image.CooperException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The disk in a file of any of the formats, whoever wrote it. Disks that need another file beside
 * their own (backing files, differencing disks, descriptors) are refused.
 */
public abstract class DiskInput implements BlockInput, Closeable {
  /** Says that a block has no place: all of it is zero. */
  static final long HOLE = -1;

  /** Says that a block is deflated. */
  static final long DEFLATED = -2;

  private final Format format;
  private final long size;
  private final int blockSize;
  final FileChannel channel;
  private byte[] inflated = {};
  private long inflatedBlock = -1;

  DiskInput(Format format, FileChannel channel, long size, int blockSize) {
    if (size < 0 || blockSize < 512) {
      throw new CooperException.Corrupt("a disk of " + size + " bytes, blocks of " + blockSize);
    }
    this.format = format;
    this.channel = channel;
    this.size = size;
    this.blockSize = blockSize;
  }

  /**
   * Opens a file; what is none of the other formats is raw.
   *
   * @throws CooperException.NotFound when there is no such file
   * @throws CooperException.InvalidInput when it needs another file, or something that is not known
   * @throws CooperException.Corrupt when its tables make no sense
   */
  public static DiskInput open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new CooperException.NotFound(file + ": no such disk");
    }
    if (Files.isDirectory(file)) {
      throw new CooperException.InvalidInput(file + " is a directory, not a disk");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return of(channel);
    } catch (CooperException e) {
      channel.close();
      throw e instanceof CooperException.Corrupt
          ? new CooperException.Corrupt(file + ": " + e.getMessage(), e.hint().orElse(null), e)
          : new CooperException.InvalidInput(
              file + ": " + e.getMessage(), e.hint().orElse(null), e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static DiskInput of(FileChannel channel) throws IOException {
    ByteBuffer start = at(channel, 0, (int) Math.min(512, channel.size()));
    String magic = new String(start.array(), java.nio.charset.StandardCharsets.ISO_8859_1);
    if (magic.startsWith("QFI\u00fb")) {
      return Qcow2Input.of(channel);
    }
    if (magic.startsWith("KDMV")) {
      return VmdkInput.of(channel);
    }
    if (magic.startsWith("# Disk DescriptorFile")) {
      throw refused("the disk's bytes are in other files");
    }
    if (magic.startsWith("vhdxfile")) {
      return VhdxInput.of(channel);
    }
    if (start.capacity() >= 68 && start.getInt(64) == Integer.reverseBytes(0xbeda107f)) {
      return VdiInput.of(channel);
    }
    if (VhdInput.isVhd(channel)) {
      return VhdInput.of(channel);
    }
    return new DiskInput(Format.RAW, channel, channel.size(), 1 << 20) {
      @Override
      long place(long block) {
        return block << 20;
      }
    };
  }

  static CooperException refused(String why) {
    return new CooperException.InvalidInput(
        why, "qemu-img convert makes one file of it that can be read");
  }

  /** How the file keeps the disk. */
  public Format format() {
    return format;
  }

  @Override
  public long size() {
    return size;
  }

  int blockSize() {
    return blockSize;
  }

  /** Where in the file a block is, or {@link #HOLE}, or {@link #DEFLATED}. */
  abstract long place(long block) throws IOException;

  /** A deflated block's bytes. */
  byte[] inflate(long block) throws IOException {
    throw new IllegalStateException("block " + block + " is not deflated");
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    if (offset < 0 || offset + into.remaining() > size) {
      throw new CooperException.Corrupt(
          "something lies at byte %d of a disk of %d bytes".formatted(offset, size));
    }
    long at = offset;
    while (into.hasRemaining()) {
      long block = at / blockSize;
      int within = (int) (at % blockSize);
      int length = Math.min(into.remaining(), blockSize - within);
      ByteBuffer part = into.slice(into.position(), length);
      long place = place(block);
      if (place == HOLE) {
        part.put(new byte[length]);
      } else if (place == DEFLATED) {
        if (block != inflatedBlock) {
          inflated = inflate(block);
          inflatedBlock = block;
        }
        part.put(inflated, within, length);
      } else {
        fill(channel, place + within, part);
      }
      into.position(into.position() + length);
      at += length;
    }
  }

  /** Inflates what begins at a place of the file, up to {@code most} bytes of it. */
  byte[] inflate(long place, int most, boolean bare) throws IOException {
    int there = (int) Math.min(most, channel.size() - place);
    Inflater inflater = new Inflater(bare);
    try {
      byte[] out = new byte[blockSize];
      inflater.setInput(at(channel, place, Math.max(0, there)).array());
      int length = inflater.inflate(out);
      if (length < blockSize) {
        throw new CooperException.Corrupt("a deflated block ends early");
      }
      return out;
    } catch (DataFormatException e) {
      throw new CooperException.Corrupt("a deflated block is damaged", null, e);
    } finally {
      inflater.end();
    }
  }

  /** Bytes of the file as a buffer of big-endian numbers. */
  static ByteBuffer at(FileChannel channel, long place, int length) throws IOException {
    if (place < 0 || length < 0 || place + length > channel.size()) {
      throw new CooperException.Corrupt("the file ends before byte " + (place + length));
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    fill(channel, place, out);
    return out.flip();
  }

  private static void fill(FileChannel channel, long place, ByteBuffer into) throws IOException {
    long at = place;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new CooperException.Corrupt("the file ends before byte " + (at + into.remaining()));
      }
      at += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
