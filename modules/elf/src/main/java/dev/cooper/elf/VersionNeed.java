package dev.cooper.elf;

import java.util.List;

/**
 * The symbol versions that a file wants from one library, such as {@code GLIBC_2.34} from {@code
 * libc.so.6}.
 *
 * @param library the library's name, as in {@link ElfFile#needed()}
 * @param versions the versions, in the file's order
 * @param weak those of the versions without which the file can still be loaded
 */
public record VersionNeed(String library, List<String> versions, List<String> weak) {
  public VersionNeed {
    versions = List.copyOf(versions);
    weak = List.copyOf(weak);
  }
}
