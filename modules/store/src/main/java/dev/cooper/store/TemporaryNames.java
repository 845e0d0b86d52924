package dev.cooper.store;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Names for new files, unlikely to be taken; the maker of the file still checks. */
final class TemporaryNames {
  private static final long PROCESS = ProcessHandle.current().pid();

  private TemporaryNames() {}

  static Path in(Path directory) {
    long random = ThreadLocalRandom.current().nextLong();
    return directory.resolve(PROCESS + "-" + Long.toUnsignedString(random, Character.MAX_RADIX));
  }
}
