package dev.cooper.base;

import dev.cooper.elf.Elf;
import dev.cooper.elf.ElfFile;
import dev.cooper.elf.ElfFormatException;
import dev.cooper.elf.ElfType;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells what a file is that somebody names as a program. */
final class ProgramFile {
  private static final int MAGIC = 4;

  private ProgramFile() {}

  /** From where the user is; without {@code ./} and {@code ../} where that is the same file. */
  static String absolute(String word) throws IOException {
    Path path = Path.of(word).toAbsolutePath();
    Path plain = path.normalize();
    boolean same = Files.exists(path) && Files.exists(plain) && Files.isSameFile(path, plain);
    return (same || !Files.exists(path) ? plain : path).toString();
  }

  /** Whether a file is neither a program nor a library nor a script. */
  static boolean isData(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(MAGIC);
      return !Elf.isElf(head) && !ScriptLine.isScript(head);
    }
  }

  static CooperException noProgram(String path) {
    return new CooperException.InvalidInput(
        path + " is neither a program for Linux (ELF) nor a script that begins with #!");
  }

  /**
   * Whether a file is a program, rather than a library.
   *
   * @param path what it is called when it is neither
   * @throws CooperException.InvalidInput when it is neither
   */
  static boolean isProgram(String path, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Elf.isElf(in.readNBytes(MAGIC))) {
        throw noProgram(path);
      }
    }
    ElfFile elf;
    try {
      elf = Elf.read(file);
    } catch (ElfFormatException e) {
      throw new CooperException.InvalidInput(
          path + " is a damaged program (ELF): " + e.getMessage(), null, e);
    }
    if (elf.type() != ElfType.EXECUTABLE && elf.type() != ElfType.SHARED) {
      throw new CooperException.InvalidInput(
          path
              + (elf.type() == ElfType.RELOCATABLE
                  ? " is not linked yet: it is neither a program nor a library"
                  : " is an ELF file, but neither a program nor a library"));
    }
    return elf.isProgram();
  }
}
