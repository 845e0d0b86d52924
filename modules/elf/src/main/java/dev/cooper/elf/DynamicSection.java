package dev.cooper.elf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries of a dynamic section that say what a file needs and offers. */
record DynamicSection(
    List<String> needed,
    List<String> rpath,
    List<String> runpath,
    Optional<String> soname,
    List<VersionNeed> versionNeeds,
    List<String> versions,
    boolean defaultLibraries,
    boolean positionIndependent) {

  static final DynamicSection EMPTY =
      new DynamicSection(
          List.of(), List.of(), List.of(), Optional.empty(), List.of(), List.of(), true, false);

  private static final int MAX_ENTRIES = 16384;
  private static final int MAX_NEEDED = 4096;
  private static final int MAX_VERSIONS = 16384;

  private static final int NULL = 0;
  private static final int NEEDED = 1;
  private static final int STRING_TABLE = 5;
  private static final int SONAME = 14;
  private static final int RPATH = 15;
  private static final int RUNPATH = 29;
  private static final long FLAGS_1 = 0x6ffffffbL;
  private static final long VERSION_DEFINITIONS = 0x6ffffffcL;
  private static final long VERSION_DEFINITION_COUNT = 0x6ffffffdL;
  private static final long VERSION_NEEDS = 0x6ffffffeL;
  private static final long VERSION_NEED_COUNT = 0x6fffffffL;

  private static final long NO_DEFAULT_LIBRARIES = 0x800;
  private static final long POSITION_INDEPENDENT = 0x8000000;

  static DynamicSection read(
      PagedBytes bytes, boolean wide, List<ElfReader.Segment> segments, ElfReader.Segment dynamic)
      throws IOException {
    int entrySize = wide ? 16 : 8;
    long entries = Math.min(dynamic.fileSize() / entrySize, MAX_ENTRIES);
    List<Long> needed = new ArrayList<>();
    long strings = -1;
    long soname = -1;
    long rpath = -1;
    long runpath = -1;
    long flags = 0;
    long versionNeeds = -1;
    long versionNeedCount = 0;
    long definitions = -1;
    long definitionCount = 0;
    for (long i = 0; i < entries; i++) {
      long at = dynamic.offset() + i * entrySize;
      long tag = wide ? bytes.unsignedLong(at) : bytes.unsignedInt(at);
      long value = wide ? bytes.unsignedLong(at + 8) : bytes.unsignedInt(at + 4);
      if (tag == NULL) {
        break;
      } else if (tag == NEEDED) {
        if (needed.size() == MAX_NEEDED) {
          throw new ElfFormatException("it asks for more than " + MAX_NEEDED + " libraries");
        }
        needed.add(value);
      } else if (tag == STRING_TABLE) {
        strings = value;
      } else if (tag == SONAME) {
        soname = value;
      } else if (tag == RPATH) {
        rpath = value;
      } else if (tag == RUNPATH) {
        runpath = value;
      } else if (tag == FLAGS_1) {
        flags = value;
      } else if (tag == VERSION_NEEDS) {
        versionNeeds = value;
      } else if (tag == VERSION_NEED_COUNT) {
        versionNeedCount = value;
      } else if (tag == VERSION_DEFINITIONS) {
        definitions = value;
      } else if (tag == VERSION_DEFINITION_COUNT) {
        definitionCount = value;
      }
    }
    if (strings < 0) {
      if (needed.isEmpty()) {
        return EMPTY;
      }
      throw new ElfFormatException("it needs libraries but has no string table");
    }
    long table = offset(segments, strings);
    List<String> names = new ArrayList<>(needed.size());
    for (long name : needed) {
      names.add(bytes.string(table + name));
    }
    return new DynamicSection(
        names,
        rpath < 0 ? List.of() : folders(bytes.string(table + rpath)),
        runpath < 0 ? List.of() : folders(bytes.string(table + runpath)),
        soname < 0 ? Optional.empty() : Optional.of(bytes.string(table + soname)),
        versionNeeds < 0
            ? List.of()
            : versionNeeds(bytes, offset(segments, versionNeeds), versionNeedCount, table),
        definitions < 0
            ? List.of()
            : definitions(bytes, offset(segments, definitions), definitionCount, table),
        (flags & NO_DEFAULT_LIBRARIES) == 0,
        (flags & POSITION_INDEPENDENT) != 0);
  }

  /** Where in the file the byte at this address of memory is. */
  private static long offset(List<ElfReader.Segment> segments, long address)
      throws ElfFormatException {
    for (ElfReader.Segment segment : segments) {
      long within = address - segment.address();
      if (segment.kind() == ElfReader.Segment.LOAD && within >= 0 && within < segment.fileSize()) {
        return segment.offset() + within;
      }
    }
    throw new ElfFormatException("address 0x" + Long.toHexString(address) + " is in no segment");
  }

  private static List<String> folders(String path) {
    return path.isEmpty() ? List.of() : List.of(path.split(":", -1));
  }

  /** The chain of Verneed records (LSB Core, "Symbol Versioning"). */
  private static List<VersionNeed> versionNeeds(PagedBytes bytes, long at, long count, long strings)
      throws IOException {
    List<VersionNeed> needs = new ArrayList<>();
    int total = 0;
    for (long i = 0; i < count; i++) {
      int auxiliaries = bytes.unsignedShort(at + 2);
      String library = bytes.string(strings + bytes.unsignedInt(at + 4));
      long auxiliary = at + bytes.unsignedInt(at + 8);
      List<String> versions = new ArrayList<>();
      List<String> weak = new ArrayList<>();
      for (int j = 0; j < auxiliaries; j++) {
        bounded(++total);
        String version = bytes.string(strings + bytes.unsignedInt(auxiliary + 8));
        versions.add(version);
        if ((bytes.unsignedShort(auxiliary + 4) & 2) != 0) {
          weak.add(version);
        }
        long next = bytes.unsignedInt(auxiliary + 12);
        if (next == 0) {
          break;
        }
        auxiliary += next;
      }
      bounded(++total);
      needs.add(new VersionNeed(library, versions, weak));
      long next = bytes.unsignedInt(at + 12);
      if (next == 0) {
        break;
      }
      at += next;
    }
    return needs;
  }

  /** The chain of Verdef records; the first, the file's own name, is left out. */
  private static List<String> definitions(PagedBytes bytes, long at, long count, long strings)
      throws IOException {
    List<String> versions = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      bounded((int) i);
      boolean base = (bytes.unsignedShort(at + 2) & 1) != 0;
      if (!base) {
        long auxiliary = at + bytes.unsignedInt(at + 12);
        versions.add(bytes.string(strings + bytes.unsignedInt(auxiliary)));
      }
      long next = bytes.unsignedInt(at + 16);
      if (next == 0) {
        break;
      }
      at += next;
    }
    return versions;
  }

  private static void bounded(int count) throws ElfFormatException {
    if (count > MAX_VERSIONS) {
      throw new ElfFormatException("it has more than " + MAX_VERSIONS + " symbol versions");
    }
  }
}
