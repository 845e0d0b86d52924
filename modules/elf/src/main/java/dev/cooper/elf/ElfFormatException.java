package dev.cooper.elf;

import java.io.IOException;

/** The bytes are not an ELF file, or one that no loader would accept. The message says why. */
public final class ElfFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public ElfFormatException(String message) {
    super(message);
  }
}
