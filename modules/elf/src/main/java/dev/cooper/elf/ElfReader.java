package dev.cooper.elf;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The headers of one file: identification, program headers, and the dynamic section. */
final class ElfReader {
  /** The gABI's PN_XNUM: the count did not fit and stands in the first section header. */
  private static final int MANY_SEGMENTS = 0xffff;

  /** More than any linker makes; core dumps, which have more, are not followed. */
  private static final int MAX_SEGMENTS = 4096;

  private final PagedBytes bytes;
  private boolean wide;

  ElfReader(PagedBytes bytes) {
    this.bytes = bytes;
  }

  /** One program header. Offsets and sizes are in bytes. */
  record Segment(long kind, long offset, long address, long fileSize) {
    static final long LOAD = 1;
    static final long DYNAMIC = 2;
    static final long INTERPRETER = 3;
  }

  ElfFile read() throws IOException {
    Machine machine = identification();
    ElfType type =
        switch (bytes.unsignedShort(16)) {
          case 1 -> ElfType.RELOCATABLE;
          case 2 -> ElfType.EXECUTABLE;
          case 3 -> ElfType.SHARED;
          case 4 -> ElfType.CORE;
          default -> ElfType.OTHER;
        };
    List<Segment> segments =
        type == ElfType.EXECUTABLE || type == ElfType.SHARED ? segments() : List.of();
    Optional<String> interpreter = Optional.empty();
    Optional<Segment> dynamic = Optional.empty();
    for (Segment segment : segments) {
      if (segment.kind() == Segment.INTERPRETER) {
        interpreter = interpreter(segment);
      } else if (segment.kind() == Segment.DYNAMIC) {
        dynamic = Optional.of(segment);
      }
    }
    DynamicSection section =
        dynamic.isPresent() && dynamic.get().fileSize() > 0
            ? DynamicSection.read(bytes, wide, segments, dynamic.get())
            : DynamicSection.EMPTY;
    return new ElfFile(
        machine,
        type,
        interpreter,
        dynamic.isPresent(),
        section.needed(),
        section.rpath(),
        section.runpath(),
        section.soname(),
        section.versionNeeds(),
        section.versions(),
        section.defaultLibraries(),
        section.positionIndependent());
  }

  /**
   * The loader's path. Linux starts nothing whose path does not end with a zero byte where its
   * segment ends; files of debug information have such segments, and are taken to have no loader.
   */
  private Optional<String> interpreter(Segment segment) throws IOException {
    long end = segment.offset() + segment.fileSize();
    if (segment.fileSize() < 2 || end > bytes.size() || bytes.unsignedByte(end - 1) != 0) {
      return Optional.empty();
    }
    return Optional.of(bytes.string(segment.offset()));
  }

  private Machine identification() throws IOException {
    if (bytes.size() < 4) {
      throw new ElfFormatException("not an ELF file: only " + bytes.size() + " bytes");
    }
    byte[] magic = new byte[4];
    for (int i = 0; i < 4; i++) {
      magic[i] = (byte) bytes.unsignedByte(i);
    }
    if (!Elf.isElf(magic)) {
      throw new ElfFormatException("not an ELF file");
    }
    int elfClass = bytes.unsignedByte(4);
    if (elfClass != 1 && elfClass != 2) {
      throw new ElfFormatException("neither 32-bit nor 64-bit: class " + elfClass);
    }
    wide = elfClass == 2;
    int data = bytes.unsignedByte(5);
    if (data != 1 && data != 2) {
      throw new ElfFormatException("neither little-endian nor big-endian: data " + data);
    }
    bytes.order(data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (bytes.size() < (wide ? 64 : 52)) {
      throw new ElfFormatException("truncated: only " + bytes.size() + " bytes");
    }
    return new Machine(bytes.unsignedShort(18), wide ? 64 : 32, bytes.order());
  }

  private List<Segment> segments() throws IOException {
    long table = word(wide ? 32 : 28);
    int entrySize = bytes.unsignedShort(wide ? 54 : 42);
    int count = bytes.unsignedShort(wide ? 56 : 44);
    if (count == 0) {
      return List.of();
    }
    if (count == MANY_SEGMENTS || count > MAX_SEGMENTS) {
      throw new ElfFormatException("too many program headers: " + count);
    }
    if (entrySize != (wide ? 56 : 32)) {
      throw new ElfFormatException("program headers of " + entrySize + " bytes");
    }
    List<Segment> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long at = table + (long) i * entrySize;
      segments.add(
          new Segment(
              bytes.unsignedInt(at),
              word(at + (wide ? 8 : 4)),
              word(at + (wide ? 16 : 8)),
              word(at + (wide ? 32 : 16))));
    }
    return segments;
  }

  private long word(long offset) throws IOException {
    return wide ? bytes.unsignedLong(offset) : bytes.unsignedInt(offset);
  }
}
